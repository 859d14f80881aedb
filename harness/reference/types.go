package reference

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// mismatch says why a value is none of its type; the tag and text are the model's own where it has any.
type mismatch struct {
	message string
	appTag  string
}

// check takes a value as sent and gives its canonical form, or why it is refused.
type check func(value string) (string, *mismatch)

// anyText takes every string as it is.
func anyText(value string) (string, *mismatch) { return value, nil }

// nothing takes no content: YANG's type empty.
func nothing(value string) (string, *mismatch) {
	if strings.TrimSpace(value) != "" {
		return "", &mismatch{message: "this holds no value"}
	}
	return "", nil
}

// shortened quotes a value for a message.
func shortened(value string) string {
	const most = 80
	if runes := []rune(value); len(runes) > most {
		return strconv.Quote(string(runes[:most])) + " and more"
	}
	return strconv.Quote(value)
}

// textOf takes strings of so many characters.
func textOf(least, most int) check {
	return func(value string) (string, *mismatch) {
		if n := utf8.RuneCountInString(value); n < least || n > most {
			return "", &mismatch{message: fmt.Sprintf("length %d is not within %d..%d", n, least, most)}
		}
		return value, nil
	}
}

// oneOf takes the values of an enumeration.
func oneOf(values ...string) check {
	return func(value string) (string, *mismatch) {
		value = strings.TrimSpace(value)
		for _, v := range values {
			if v == value {
				return v, nil
			}
		}
		return "", &mismatch{message: shortened(value) + " is none of " + strings.Join(values, ", ")}
	}
}

// numberWithin takes unsigned decimal numbers; beyond is what the model says outside the range.
func numberWithin(least, most uint64, beyond mismatch) check {
	return func(value string) (string, *mismatch) {
		n, err := strconv.ParseUint(strings.TrimSpace(value), 10, 64)
		if err != nil {
			return "", &mismatch{message: shortened(value) + " is no unsigned decimal number"}
		}
		if n < least || n > most {
			wrong := beyond
			if wrong.message == "" {
				wrong.message = fmt.Sprintf("%d is not within %d..%d", n, least, most)
			}
			return "", &wrong
		}
		return strconv.FormatUint(n, 10), nil
	}
}
