//! Requests that are as they should be, which chance then hurts: every line of `docs/api.md`, and every page.

use super::site::docs::sections;

const PAGES: [&str; 23] = [
    "/",
    "/novels",
    "/novels?genre=mystery&page=0",
    "/novels/$STORY",
    "/novels/$STORY/$CHAPTER",
    "/comics?genre=mystery",
    "/community",
    "/community?page=0&about=$STORY",
    "/community/$POST?under=$COMMENT&page=0&edit=$POST",
    "/studio",
    "/studio/edit/story/$STORY?scene=$SCENE",
    "/studio/history/$SCENE?version=1&before=9",
    "/studio/trash?page=1",
    "/publish",
    "/library",
    "/inbox",
    "/sign-in?next=/studio",
    "/sign-in?__path=/api/sign_in&__err=eyJpbnZhbGlkIjoieCJ9&__sig=x",
    "/register",
    "/debug/cache",
    "/quire.css",
    "/favicon.svg",
    "/metrics",
];

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) cookie: String,
    pub(crate) kind: Option<&'static str>,
    pub(crate) body: String,
}

/// All of them, with these names in place of theirs.
pub(crate) fn examples(names: &[(&'static str, String)]) -> Vec<Example> {
    let fill =
        |text: &str| names.iter().fold(text.to_owned(), |text, (name, is)| text.replace(&format!("${name}"), is));
    let page = |path: &&str| Example {
        method: "GET",
        target: fill(path),
        cookie: fill("$COOKIE"),
        kind: None,
        body: String::new(),
    };
    let asked = sections().into_iter().map(|section| of_line(section.method, &fill(section.curl), &fill("$COOKIE")));
    asked.chain(PAGES.iter().map(page)).collect()
}

/// What a line with curl sends.
fn of_line(method: &'static str, line: &str, cookie: &str) -> Example {
    let words = words(line);
    let target = words.last().and_then(|url| url.find("/api/").map(|at| url[at..].to_owned())).expect("an address");
    let after = |option: &str| -> Vec<&str> {
        let pairs = words.windows(2).filter(|pair| pair[0] == option);
        pairs.map(|pair| &*pair[1]).collect()
    };
    let (data, fields, files) = (after("-d"), after("--data-urlencode"), after("-F"));
    let pairs: Vec<_> = fields.iter().filter_map(|field| field.split_once('=')).collect();
    let form = super::site::form::encode(&pairs);
    let (kind, body) = if !files.is_empty() {
        (Some("multipart/form-data; boundary=x"), files.iter().map(|file| part(file)).collect::<String>() + "--x--\r\n")
    } else if words.iter().any(|word| word.starts_with("Content-Type: application/json")) {
        (Some("application/json"), data.concat())
    } else if method == "POST" {
        (Some("application/x-www-form-urlencoded"), form.clone() + &data.concat())
    } else {
        (None, String::new())
    };
    let target = if method == "GET" && !form.is_empty() { format!("{target}?{form}") } else { target };
    Example { method, target, cookie: cookie.to_owned(), kind, body }
}

fn part(field: &str) -> String {
    let (name, value) = field.split_once('=').expect("a field");
    if value.starts_with('@') {
        return format!(
            "--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"book.md\"\r\n\
             content-type: text/markdown\r\n\r\n# The Roof\n\n## One\n\nIt rained.\n\r\n"
        );
    }
    format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

/// A line's words, as a shell reads them.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut is_quoted, mut letters) = (false, line.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            '\\' => words.last_mut().expect("a word").extend(letters.next()),
            _ => words.last_mut().expect("a word").push(letter),
        }
    }
    words
}

#[test]
fn what_lines_send() {
    for (method, line, target, kind, body) in [
        ("GET", r#"curl "http://x/api/a?b=c""#, "/api/a?b=c", None, ""),
        ("GET", r#"curl -G --data-urlencode "key=a b" "http://x/api/a""#, "/api/a?key=a+b", None, ""),
        ("POST", r#"curl -X POST "http://x/api/a""#, "/api/a", Some("application/x-www-form-urlencoded"), ""),
        ("POST", r#"curl -d "b=c" "http://x/api/a""#, "/api/a", Some("application/x-www-form-urlencoded"), "b=c"),
        (
            "POST",
            r#"curl -H "Content-Type: application/json" -d "{\"b\": \"c d\"}" "http://x/api/a""#,
            "/api/a",
            Some("application/json"),
            r#"{"b": "c d"}"#,
        ),
    ] {
        let (target, body, cookie) = (target.to_owned(), body.to_owned(), String::new());
        assert_eq!(of_line(method, line, ""), Example { method, target, cookie, kind, body }, "{line}");
    }
}
