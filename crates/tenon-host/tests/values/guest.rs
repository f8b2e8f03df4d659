//! The Go program for a batch: the generated stubs, with bodies.

use std::collections::HashMap;

use tenon_gen_go::Files;
use wasmtime::Result;
use wasmtime::error::Context as _;

/// How the program names the imported package that a file relays to.
const RELAY: &str = "relayed";

/// Gives the stubs bodies. A function of an interface that is imported too calls the import; any other returns its arguments.
/// `pipe` and `run` are what [`crate::world`] says.
pub(crate) fn with_bodies(stubs: &Files, bindings: &Files, root: &str) -> Result<Files> {
    let imports = imported(bindings, root);
    stubs
        .iter()
        .map(|(name, text)| {
            let text = with_body(text, &imports).with_context(|| format!("in the stub {name}"))?;
            Ok((name.clone(), text))
        })
        .collect()
}

/// An imported function: its package's path, its Go name and whether it has streams, of bytes perhaps.
struct Import {
    path: String,
    name: String,
    stream: bool,
    bytes: bool,
}

/// The functions of all imported packages, by WIT name: `fuzz:values/relay1@1.0.0#f`.
fn imported(bindings: &Files, root: &str) -> HashMap<String, Import> {
    let mut found = HashMap::new();
    for (file, text) in bindings.iter().filter(|(file, _)| file.ends_with("/functions.go")) {
        let folder = file.trim_end_matches("/functions.go");
        let mut last = None;
        for line in text.lines() {
            let doc = line.strip_prefix("// ").and_then(|line| line.strip_suffix(" in WIT."));
            if let Some((name, wit)) = doc.and_then(|doc| doc.split_once(" is ")) {
                last = Some((name.to_string(), wit.to_string()));
            }
            if line.starts_with("func ")
                && let Some((name, wit)) = last.take()
            {
                let bytes = line.contains(" *wit.ByteReader");
                let stream = bytes || line.contains(" *wit.StreamReader[");
                found.insert(wit, Import { path: format!("{root}/{folder}"), name, stream, bytes });
            }
        }
    }
    found
}

fn with_body(stub: &str, imports: &HashMap<String, Import>) -> Result<String> {
    let (mut text, mut function, mut path) = (String::new(), None, None);
    for line in stub.lines() {
        if line.starts_with("func (") {
            function = Some(Function::parse(line).with_context(|| format!("not understood: {line}"))?);
        }
        let wit =
            line.trim().strip_prefix("panic(\"not implemented: ").and_then(|rest| rest.strip_suffix("\")"));
        match (wit, &function) {
            (Some(wit), Some(function)) => {
                let piped = wit.contains("/pipe");
                let import = if piped { None } else { imports.get(&wit.replace("/run", "/pipe")) };
                path = path.or(import.map(|import| import.path.clone()));
                let body = match import {
                    _ if piped => function.pipe(),
                    Some(import) if wit.contains("/run") => function.run(import),
                    import => function.body(import),
                };
                text.push_str(&format!("\t{body}\n"));
            }
            _ => text.push_str(&format!("{line}\n")),
        }
    }
    if let Some(path) = path {
        text = import(&text, &format!("{RELAY} {path:?}"));
    }
    for package in ["io", "tenon.dev/go/wit"] {
        let used = text.contains(&format!("{}.", package.rsplit('/').next().unwrap_or(package)));
        if used && !text.contains(&format!("\t{package:?}\n")) {
            text = import(&text, &format!("{package:?}"));
        }
    }
    Ok(text)
}

/// Adds an import to a Go file, which has some.
fn import(text: &str, line: &str) -> String {
    text.replacen("\nimport (\n", &format!("\nimport (\n\t{line}\n"), 1)
}

/// What a body must know of its function.
#[derive(Debug, PartialEq, Eq)]
struct Function {
    /// The names of all parameters.
    params: Vec<String>,
    /// The type of the last one.
    last: String,
    is_async: bool,
    returns: bool,
}

impl Function {
    /// Reads `func (impl) F(ctx context.Context, a, b wit.Option[T]) (T, error) {`.
    fn parse(line: &str) -> Option<Function> {
        let rest = &line["func (".len()..];
        let rest = &rest[rest.find(") ")? + 2..];
        let rest = &rest[rest.find('(')? + 1..];
        let end = closing(rest)?;
        let params: Vec<&str> = split(&rest[..end]);
        let is_async = params.first().is_some_and(|first| first.ends_with(" context.Context"));
        let names = params.iter().filter_map(|param| param.split(' ').next()).map(str::to_string).collect();
        let last = params.last().and_then(|param| param.split_once(' ')).map_or("", |(_, ty)| ty);
        let returns = rest[end + 1..].trim() != "{";
        Some(Function { params: names, last: last.to_string(), is_async, returns })
    }

    /// Gives back all that comes in, a few items at once, or a future that has its value later.
    fn pipe(&self) -> String {
        let flow = &self.params[1];
        if let Some(item) = self.last.strip_prefix("*wit.Future[").and_then(|rest| rest.strip_suffix(']')) {
            return format!(
                "p, f := wit.NewFuture[{item}](nil)
	go func() {{
		v, err := {flow}.Await(context.Background())
		if err != nil {{
			panic(err)
		}}
		p.Resolve(v)
	}}()
	return f, nil"
            );
        }
        let item = self.last.strip_prefix("*wit.StreamReader[").and_then(|rest| rest.strip_suffix(']'));
        let make = item.map_or("wit.NewByteStream()".to_string(), |item| format!("wit.NewStream[{item}]()"));
        let item = item.unwrap_or("byte");
        format!(
            "w, r := {make}
	go func() {{
		defer w.Close()
		buf := make([]{item}, 37)
		for {{
			n, err := {flow}.Read(buf)
			if _, err := w.Write(buf[:n]); err != nil {{
				panic(err)
			}}
			if err == io.EOF {{
				return
			}}
			if err != nil {{
				panic(err)
			}}
		}}
	}}()
	return r, nil"
        )
    }

    /// Sends all items of a list through a pipe.
    fn run(&self, import: &Import) -> String {
        let (ctx, items, name) = (&self.params[0], &self.params[1], &import.name);
        let item = self.last.strip_prefix("[]").unwrap_or_default();
        let failed = "if err != nil {\n\t\treturn nil, err\n\t}";
        if import.bytes {
            return format!(
                "w, r := wit.NewByteStream()
	go func() {{
		w.Write({items})
		w.Close()
	}}()
	back, err := {RELAY}.{name}({ctx}, r)
	{failed}
	return io.ReadAll(back)"
            );
        }
        if !import.stream {
            return format!(
                "var got []{item}
	for _, v := range {items} {{
		back, err := {RELAY}.{name}({ctx}, wit.Resolved(v, nil))
		{failed}
		v, err := back.Await({ctx})
		{failed}
		got = append(got, v)
	}}
	return got, nil"
            );
        }
        format!(
            "w, r := wit.NewStream[{item}]()
	go func() {{
		w.Write({items})
		w.Close()
	}}()
	back, err := {RELAY}.{name}({ctx}, r)
	{failed}
	var got []{item}
	for v, err := range back.All() {{
		{failed}
		got = append(got, v)
	}}
	return got, nil"
        )
    }

    fn body(&self, import: Option<&Import>) -> String {
        let verb = if self.returns { "return " } else { "" };
        if let Some(import) = import {
            return format!("{verb}{RELAY}.{}({})", import.name, self.params.join(", "));
        }
        let mut values = self.params.clone();
        if self.is_async {
            values.remove(0);
            values.push("nil".to_string());
        }
        format!("{verb}{}", values.join(", "))
    }
}

/// The place of the bracket that closes an open one.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open -= 1,
            _ => {}
        }
        (open == 0).then_some(at)
    })
}

/// The parts between commas that are not in brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut open, mut start) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open -= 1,
            ',' if open == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[test]
fn signatures_are_understood() {
    #[track_caller]
    fn check(line: &str, params: &[&str], last: &str, is_async: bool, returns: bool) {
        let params = params.iter().map(|name| name.to_string()).collect();
        let expected = Function { params, last: last.to_string(), is_async, returns };
        assert_eq!(Function::parse(line), Some(expected), "{line}");
    }
    check("func (impl) F() {", &[], "", false, false);
    let line = "func (impl) F(a, b uint8, c map[rune]wit.Tuple2[int8, string]) (int8, error) {";
    check(line, &["a", "b", "c"], "map[rune]wit.Tuple2[int8, string]", false, true);
    check("func (impl) F(ctx context.Context, a [3]string) error {", &["ctx", "a"], "[3]string", true, true);
}
