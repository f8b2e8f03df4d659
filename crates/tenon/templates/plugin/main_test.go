package main

import "testing"

func TestGreet(t *testing.T) {
	if got, want := (plugin{}).Greet("gopher"), "Hello, gopher!"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGreetAll(t *testing.T) {
	greetings, err := plugin{}.GreetAll([]string{"Ada", "Grace"})
	if err != nil || len(greetings) != 2 || greetings[1] != "Hello, Grace!" {
		t.Errorf("got %q, %v", greetings, err)
	}
	if _, err := (plugin{}).GreetAll(nil); err == nil {
		t.Error("nobody was greeted")
	}
}
