package wit

// Tuples inside data. As the result of a function, WIT's tuple is several
// results.
type (
	// Tuple1 is a tuple of 1.
	Tuple1[A any] struct {
		F0 A
	}
	// Tuple2 is a tuple of 2.
	Tuple2[A, B any] struct {
		F0 A
		F1 B
	}
	// Tuple3 is a tuple of 3.
	Tuple3[A, B, C any] struct {
		F0 A
		F1 B
		F2 C
	}
	// Tuple4 is a tuple of 4.
	Tuple4[A, B, C, D any] struct {
		F0 A
		F1 B
		F2 C
		F3 D
	}
	// Tuple5 is a tuple of 5.
	Tuple5[A, B, C, D, E any] struct {
		F0 A
		F1 B
		F2 C
		F3 D
		F4 E
	}
	// Tuple6 is a tuple of 6.
	Tuple6[A, B, C, D, E, F any] struct {
		F0 A
		F1 B
		F2 C
		F3 D
		F4 E
		F5 F
	}
	// Tuple7 is a tuple of 7.
	Tuple7[A, B, C, D, E, F, G any] struct {
		F0 A
		F1 B
		F2 C
		F3 D
		F4 E
		F5 F
		F6 G
	}
	// Tuple8 is a tuple of 8.
	Tuple8[A, B, C, D, E, F, G, H any] struct {
		F0 A
		F1 B
		F2 C
		F3 D
		F4 E
		F5 F
		F6 G
		F7 H
	}
	// Tuple9 is a tuple of 9.
	Tuple9[A, B, C, D, E, F, G, H, I any] struct {
		F0 A
		F1 B
		F2 C
		F3 D
		F4 E
		F5 F
		F6 G
		F7 H
		F8 I
	}
	// Tuple10 is a tuple of 10.
	Tuple10[A, B, C, D, E, F, G, H, I, J any] struct {
		F0 A
		F1 B
		F2 C
		F3 D
		F4 E
		F5 F
		F6 G
		F7 H
		F8 I
		F9 J
	}
	// Tuple11 is a tuple of 11.
	Tuple11[A, B, C, D, E, F, G, H, I, J, K any] struct {
		F0  A
		F1  B
		F2  C
		F3  D
		F4  E
		F5  F
		F6  G
		F7  H
		F8  I
		F9  J
		F10 K
	}
	// Tuple12 is a tuple of 12.
	Tuple12[A, B, C, D, E, F, G, H, I, J, K, L any] struct {
		F0  A
		F1  B
		F2  C
		F3  D
		F4  E
		F5  F
		F6  G
		F7  H
		F8  I
		F9  J
		F10 K
		F11 L
	}
	// Tuple13 is a tuple of 13.
	Tuple13[A, B, C, D, E, F, G, H, I, J, K, L, M any] struct {
		F0  A
		F1  B
		F2  C
		F3  D
		F4  E
		F5  F
		F6  G
		F7  H
		F8  I
		F9  J
		F10 K
		F11 L
		F12 M
	}
	// Tuple14 is a tuple of 14.
	Tuple14[A, B, C, D, E, F, G, H, I, J, K, L, M, N any] struct {
		F0  A
		F1  B
		F2  C
		F3  D
		F4  E
		F5  F
		F6  G
		F7  H
		F8  I
		F9  J
		F10 K
		F11 L
		F12 M
		F13 N
	}
	// Tuple15 is a tuple of 15.
	Tuple15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O any] struct {
		F0  A
		F1  B
		F2  C
		F3  D
		F4  E
		F5  F
		F6  G
		F7  H
		F8  I
		F9  J
		F10 K
		F11 L
		F12 M
		F13 N
		F14 O
	}
	// Tuple16 is a tuple of 16.
	Tuple16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P any] struct {
		F0  A
		F1  B
		F2  C
		F3  D
		F4  E
		F5  F
		F6  G
		F7  H
		F8  I
		F9  J
		F10 K
		F11 L
		F12 M
		F13 N
		F14 O
		F15 P
	}
)
