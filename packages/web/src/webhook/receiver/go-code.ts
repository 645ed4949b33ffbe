import { literal, pathOf, type ReceiverFacts, SECRET_VARIABLE, topicWord } from './receiver-facts.ts'

/** A receiver in Go. */
export function goCode(facts: ReceiverFacts): string {
  return `// Save as receiver.go. Go 1.20 or newer, no modules:
//   ${SECRET_VARIABLE}='…' go run receiver.go
// Put TLS in front of it: deliveries go to https URLs only.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	path             = ${literal(pathOf(facts))}
	maxBodyBytes     = 1024 * 1024
	toleranceSeconds = 300
)

type payload struct {
	EventID  string   \`json:"eventId"\`
	Test     bool     \`json:"test"\`
	Topics   []string \`json:"topics"\`
	Workflow struct {
		ItemID   string \`json:"itemId"\`
		Sequence int    \`json:"sequence"\`
		NewState string \`json:"newState"\`
	} \`json:"workflow"\`
}

var (
	keys   [][]byte
	digits = regexp.MustCompile("^[0-9]{1,12}$")

	// The ids of the events that are handled, for this endpoint. Keep them in your database: they must outlive
	// this process.
	handled = map[string]bool{}
	mutex   sync.Mutex
)

func handle(p payload) error {
	if p.Test {
		log.Print("A test event came, and its signature is right.")
		return nil
	}
	// What each topic means to you; an event can have several.
	for _, topic := range p.Topics {
		switch topic {
${facts.topics.map(onTopic).join('\n')}
		}
	}
	return nil
}

func receive(r *http.Request) int {
	if r.Method != http.MethodPost || r.URL.EscapedPath() != path {
		return http.StatusNotFound
	}
	// The raw bytes: the signature is over them, not over parsed JSON.
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBodyBytes))
	if err != nil {
		return http.StatusRequestEntityTooLarge
	}
	if problem := problemWith(r.Header, body); problem != "" {
		log.Print("401: ", problem)
		return http.StatusUnauthorized
	}
	id := r.Header.Get("webhook-id")
	mutex.Lock()
	defer mutex.Unlock()
	if handled[id] {
		return http.StatusNoContent
	}
	var p payload
	if err := json.Unmarshal(body, &p); err != nil {
		return http.StatusBadRequest
	}
	if err := handle(p); err != nil {
		log.Print(err)
		return http.StatusInternalServerError // and it comes again
	}
	handled[id] = true
	return http.StatusNoContent
}

// What is wrong with a request, for the log only; empty if it is genuine.
func problemWith(header http.Header, body []byte) string {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	if id == "" || strings.Contains(id, ".") || !digits.MatchString(timestamp) {
		return "webhook-id or webhook-timestamp is missing or malformed"
	}
	sentAt, _ := strconv.ParseInt(timestamp, 10, 64)
	age := time.Now().Unix() - sentAt
	if age > toleranceSeconds || age < -toleranceSeconds {
		return "webhook-timestamp is more than 5 minutes off: check the clock"
	}
	// Several signatures, space separated, while the secret is being rotated.
	for _, signature := range strings.Fields(header.Get("webhook-signature")) {
		encoded, isV1 := strings.CutPrefix(signature, "v1,")
		given, err := base64.StdEncoding.DecodeString(encoded)
		if !isV1 || err != nil {
			continue
		}
		for _, key := range keys {
			mac := hmac.New(sha256.New, key)
			mac.Write([]byte(id + "." + timestamp + "."))
			mac.Write(body)
			if hmac.Equal(given, mac.Sum(nil)) {
				return ""
			}
		}
	}
	return "no signature matches: check the secret, and that nothing changed the body"
}

func keyOf(secret string) []byte {
	encoded, isEncoded := strings.CutPrefix(secret, "whsec_")
	if !isEncoded {
		return []byte(secret)
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(key) == 0 {
		log.Fatal("What follows whsec_ in the secret is not base64")
	}
	return key
}

func main() {
	// While you rotate the secret, give the new one and the old one with a space between.
	for _, secret := range strings.Fields(os.Getenv("${SECRET_VARIABLE}")) {
		keys = append(keys, keyOf(secret))
	}
	if len(keys) == 0 {
		log.Fatal("Set ${SECRET_VARIABLE}")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	receiver := func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(receive(r)) }
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, http.HandlerFunc(receiver)))
}
`
}

function onTopic(topic: string): string {
  return `\t\tcase ${literal(topic)}:
\t\t\tlog.Print("${topicWord(topic)}: ", p.Workflow.ItemID, " is now in ", p.Workflow.NewState)`
}
