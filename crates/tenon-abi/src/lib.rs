//! tenon-abi
