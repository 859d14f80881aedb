package target

import "unicode/utf8"

// DefaultOddPasswordEnv names the environment variable that holds the password
// of the odd user.
const DefaultOddPasswordEnv = "NCSPEC_ODD_PASSWORD"

// oddUser reads the login of a user whose name XML cannot hold; nil none.
func (d *document) oddUser(f *fileLogin) *Login {
	if f == nil {
		return nil
	}
	if writable(f.User) {
		d.fault([]string{"odd-user", "user"}, "%q can be written in XML: this is for a user name that cannot, with a control character such as \"admin\\x01\"", f.User)
	}
	login := d.login([]string{"odd-user"}, *f, DefaultOddPasswordEnv)
	return &login
}

// writable tells whether XML can hold a text (XML 1.0 §2.2, Char).
func writable(text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return false
		}
	}
	return true
}
