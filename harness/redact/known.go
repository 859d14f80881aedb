package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
)

const (
	// leastCredential is the length of the shortest credential that is masked wherever it occurs, in octets.
	leastCredential = 6
	// leastLearned and mostLearned are the lengths of values that are remembered, in octets.
	leastLearned, mostLearned = 8, 4 << 10
	// mostKnown bounds how many values are remembered.
	mostKnown = 1000
)

// known is the values that are masked wherever they occur, in each of their forms.
type known struct {
	mutex  sync.RWMutex
	values map[string]bool
	starts [1 << 16]bool // the first two octets of forms: most places of a text can be passed by at a look
	forms  map[[4]byte][]string
	all    []string // the forms
}

// learn remembers what was found in a secret leaf: the value, and each line of one that has several, such as a key. A
// word without a digit, or one that is short, may mean anything elsewhere.
func (k *known) learn(secret []byte) {
	text := string(secret)
	if inside, is := strings.CutPrefix(strings.TrimSpace(text), "<![CDATA["); is {
		text = strings.TrimSuffix(inside, "]]>")
	}
	for _, value := range append(strings.Split(text, "\n"), text) {
		if value = strings.TrimSpace(value); telling(value) {
			k.add(value)
		}
	}
}

func telling(value string) bool {
	return len(value) >= leastLearned && len(value) <= mostLearned && !strings.Contains(value, "<") &&
		strings.ContainsFunc(value, unicode.IsLetter) && strings.ContainsFunc(value, unicode.IsDigit)
}

func (k *known) add(value string) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.values[value] || len(k.values) >= mostKnown {
		return
	}
	if k.values == nil {
		k.values, k.forms = map[string]bool{}, map[[4]byte][]string{}
	}
	k.values[value] = true
	for _, form := range variants(value) {
		if len(form) < leastCredential {
			continue // of character references little is left
		}
		k.starts[start(form[0], form[1])] = true
		key := [4]byte([]byte(form))
		k.forms[key] = append(k.forms[key], form)
		k.all = append(k.all, form)
	}
}

func start(first, second byte) int { return int(first)<<8 | int(second) }

// find gives the places of known values.
func (k *known) find(text []byte) []span {
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	if len(k.values) == 0 {
		return nil
	}
	var found []span
	for i := range max(0, len(text)-3) {
		if !k.starts[start(text[i], text[i+1])] {
			continue
		}
		for _, form := range k.forms[[4]byte(text[i:])] {
			if bytes.HasPrefix(text[i:], []byte(form)) {
				found = append(found, span{i, i + len(form)})
			}
		}
	}
	return found
}

// cut stands where a text was shortened.
const cut = "…"

// parts gives the places of parts of known values: texts are shortened, and may be cut inside one. A word that is not
// beside a cut must be long, and like no other, to count as a part.
func (k *known) parts(text string) []span {
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	if len(k.all) == 0 {
		return nil
	}
	var found []span
	for at := 0; at < len(text); {
		from := at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], apart))
		length := strings.IndexFunc(text[from:], apart)
		if length < 0 {
			length = len(text) - from
		}
		at = from + length
		word := text[from:at]
		beside := strings.HasSuffix(strings.TrimRight(text[:from], " "), cut) || strings.HasPrefix(strings.TrimLeft(text[at:], " "), cut)
		if beside && length > 2 || telling(word) {
			if slices.ContainsFunc(k.all, func(form string) bool { return strings.Contains(form, word) }) {
				found = append(found, span{from, at})
			}
		}
	}
	return found
}

// apart tells whether a character stands between words.
func apart(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(`"'<>`+cut, c) }

// variants gives the forms that a value takes in other texts.
func variants(value string) []string {
	plain := html.UnescapeString(value) // XML's entities are among those of HTML
	all := []string{value, plain, url.QueryEscape(plain), url.PathEscape(plain), html.EscapeString(plain)}
	for _, quotation := range []string{`"`, "&quot;"} {
		all = append(all, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, quotation).Replace(plain))
	}
	if text, err := json.Marshal(plain); err == nil {
		all = append(all, string(text[1:len(text)-1]))
	}
	all = append(all, strings.ReplaceAll(strings.ReplaceAll(plain, `\`, `\\`), `"`, `\"`))
	all = append(all, encoded(plain)...)
	slices.Sort(all)
	return slices.Compact(all)
}

// encoded gives the characters that the value has in base64 wherever it stands: base64 groups three octets, so there are
// three ways, and the characters at the edges depend on what is beside it.
func encoded(value string) []string {
	var all []string
	for shift := range 3 {
		octets := append(make([]byte, shift), value...)
		from, to := (8*shift+5)/6, 8*len(octets)/6
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			all = append(all, alphabet.EncodeToString(octets)[from:to])
		}
	}
	return all
}
