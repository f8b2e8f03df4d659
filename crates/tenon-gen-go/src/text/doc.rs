//! WIT's docs, which are Markdown, as Go doc comments in the form that gofmt leaves alone.

/// One block of a comment.
#[derive(Debug, PartialEq)]
enum Block {
    Text(Vec<String>),
    Heading(String),
    Item { marker: String, lines: Vec<String> },
    Code(Vec<String>),
    Link(String),
}

/// The lines of the comment, without slashes.
pub(crate) fn comment(markdown: &str) -> String {
    let mut blocks = parse(markdown);
    blocks.iter_mut().for_each(single_backticks);
    let links: Vec<Block> = blocks.extract_if(.., |block| matches!(block, Block::Link(_))).collect();
    revive_headings(&mut blocks);
    blocks.extend(links);
    print(&blocks)
}

/// `text` with one more paragraph. Where links go is written last, as gofmt does.
pub(crate) fn with_paragraph(text: &str, paragraph: &str) -> String {
    if text.is_empty() || paragraph.is_empty() {
        return format!("{text}{paragraph}");
    }
    match text.rsplit_once("\n\n") {
        Some((before, links)) if links.lines().all(is_link) => format!("{before}\n\n{paragraph}\n\n{links}"),
        _ => format!("{text}\n\n{paragraph}"),
    }
}

fn parse(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Whether the next line goes on with the last block.
    let mut open = false;
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("```") {
            let code = lines.by_ref().take_while(|line| !line.trim().starts_with("```"));
            blocks.push(Block::Code(code.map(|line| line.trim_end().to_string()).collect()));
            open = false;
        } else if text.is_empty() {
            open = false;
        } else if let Some(heading) = heading(text) {
            blocks.push(Block::Heading(heading.to_string()));
            open = false;
        } else if let Some((marker, rest)) = item(text) {
            blocks.push(Block::Item { marker, lines: vec![rest.to_string()] });
            open = true;
        } else if is_link(text) {
            blocks.push(Block::Link(text.to_string()));
            open = false;
        } else {
            match blocks.last_mut() {
                Some(Block::Text(lines) | Block::Item { lines, .. }) if open => lines.push(text.to_string()),
                _ => blocks.push(Block::Text(vec![text.to_string()])),
            }
            open = true;
        }
    }
    blocks
}

/// gofmt makes quotation marks of doubled ones.
fn single_backticks(block: &mut Block) {
    if let Block::Text(lines) | Block::Item { lines, .. } = block {
        lines.iter_mut().for_each(|line| *line = line.replace("``", "`").replace("''", "'"));
    }
}

fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    (rest.len() < text.len() && rest.starts_with(' ')).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

fn item(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = ["- ", "* ", "+ ", "• "].iter().find_map(|marker| text.strip_prefix(marker)) {
        return Some(("  - ".to_string(), rest.trim()));
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|n| (1..=3).contains(n))?;
    let rest = text[digits..].strip_prefix(". ").or_else(|| text[digits..].strip_prefix(") "))?;
    Some((format!(" {}. ", &text[..digits]), rest.trim()))
}

/// `[name]: https://…`, which gofmt puts at the end.
fn is_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('[') else { return false };
    rest.split_once("]: ").is_some_and(|(_, url)| url.contains("://") && !url.contains(' '))
}

/// gofmt takes a lone line that looks like a title for a heading, and writes it as one.
fn revive_headings(blocks: &mut [Block]) {
    for at in 1..blocks.len().saturating_sub(1) {
        let around = matches!(blocks[at - 1], Block::Text(_)) && matches!(blocks[at + 1], Block::Text(_));
        if let Block::Text(lines) = &blocks[at]
            && around
            && lines.len() == 1
            && is_title(&lines[0])
        {
            blocks[at] = Block::Heading(lines[0].clone());
        }
    }
}

fn is_title(line: &str) -> bool {
    let starts = line.starts_with(char::is_uppercase);
    let ends = line.ends_with(char::is_alphanumeric);
    let plain = !line.contains(|c| ";:!?+*/=[]{}_^°&§~%#@<\">\\".contains(c));
    let apostrophes = line.matches('\'').count() == line.matches("'s ").count();
    let dots = line.matches('.').count() == 0 || !line.contains(". ");
    starts && ends && plain && apostrophes && dots
}

fn print(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| &blocks[i]);
        let follows = matches!(
            (before, block),
            (None, _)
                | (Some(Block::Item { .. }), Block::Item { .. })
                | (Some(Block::Link(_)), Block::Link(_))
        );
        if !follows {
            lines.push(String::new());
        }
        match block {
            Block::Text(text) => lines.extend(text.iter().cloned()),
            Block::Heading(text) => lines.push(format!("# {text}")),
            Block::Link(text) => lines.push(text.clone()),
            Block::Code(code) => lines.extend(dedent(code)),
            Block::Item { marker, lines: item } => {
                lines.push(format!("{marker}{}", item[0]));
                lines.extend(item[1..].iter().map(|line| format!("    {line}")));
            }
        }
    }
    lines.join("\n")
}

fn dedent(code: &[String]) -> Vec<String> {
    let indent = |line: &String| line.len() - line.trim_start().len();
    let shared = code.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let line = |line: &String| match line.trim().is_empty() {
        true => String::new(),
        false => format!("\t{}", &line[shared..]),
    };
    code.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{comment, with_paragraph};

    #[track_caller]
    fn check(markdown: &str, expect: &str) {
        assert_eq!(comment(markdown), expect);
    }

    #[test]
    fn lists() {
        check("Errors:\n- a: one\n  two\n- b", "Errors:\n\n  - a: one\n    two\n  - b");
        check("1. one\n2. two", " 1. one\n 2. two");
    }

    #[test]
    fn headings() {
        check("A.\n## Errors\nB.", "A.\n\n# Errors\n\nB.");
        check("A.\n\nTypical use\n\nB.", "A.\n\n# Typical use\n\nB.");
    }

    #[test]
    fn links_go_last() {
        check("See [x].\n\n[x]: https://x.org\n\nMore.", "See [x].\n\nMore.\n\n[x]: https://x.org");
    }

    #[test]
    fn paragraphs_stand_before_links() {
        assert_eq!(with_paragraph("A.", "B."), "A.\n\nB.");
        assert_eq!(with_paragraph("", "B."), "B.");
        assert_eq!(
            with_paragraph("A [x].\n\n[x]: https://x.org", "B."),
            "A [x].\n\nB.\n\n[x]: https://x.org"
        );
    }

    #[test]
    fn code() {
        check("Like:\n```wit\n  a\n    b\n```\nDone.", "Like:\n\n\ta\n\t  b\n\nDone.");
    }
}
