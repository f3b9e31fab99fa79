//! The site's files: the same answer from a folder as from inside the program.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use reqwest::Method;
use server::{
    router::RouterConfig,
    site::{Carried, File, Site as Files},
};

use crate::site::{Answer, Site};

const SCRIPT: &str = "export const answer = 42; // and so much more that it would be compressed by the way";

/// A site with two files, one of them with compressed copies, and one with a letter that addresses write otherwise.
fn fill(folder: &Path) {
    let changed = SystemTime::UNIX_EPOCH + Duration::new(1_700_000_000, 999_000_000);
    for (path, text) in [
        ("pkg/reading.js", SCRIPT),
        ("pkg/reading.js.br", "brotli"),
        ("pkg/reading.js.gz", "gzip"),
        ("fonts/a face.woff2", "a font"),
        ("favicon.ico", ""),
        ("odd", "of no kind"),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        fs::File::options().append(true).open(&path).expect("a file").set_modified(changed).expect("a time");
    }
}

fn carry(root: &Path, folder: &Path) -> Vec<(String, File)> {
    let mut files = vec![];
    for entry in fs::read_dir(folder).expect("its files") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            files.extend(carry(root, &path));
            continue;
        }
        let name = path.strip_prefix(root).expect("below").display().to_string();
        let modified = fs::metadata(&path).and_then(|about| about.modified()).expect("a time");
        files.push((name, File { bytes: fs::read(&path).expect("its text").into(), modified }));
    }
    files
}

async fn ask(site: &Site, method: &Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let browser = &mut site.nobody();
    let request = browser.request(method.clone(), path);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    browser.send(request).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_sees_no_difference_between_a_folder_and_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    fill(folder.path());
    let carried: Carried = carry(folder.path(), folder.path()).into_iter().collect();
    let over = async |files: Files| {
        let config = RouterConfig { site: Some(files), ..RouterConfig::default() };
        Site::configured(config).await
    };
    let of_folder = over(Files::Folder(folder.path().to_owned())).await;
    let of_program = over(Files::Carried(Arc::new(carried))).await;
    let second = "Tue, 14 Nov 2023 22:13:20 GMT";
    let (earlier, later) = ("Tue, 14 Nov 2023 22:13:19 GMT", "Tue, 14 Nov 2023 22:13:21 GMT");
    let script = "/pkg/reading.js";
    for (path, headers, status) in [
        (script, &[][..], 200),
        (script, &[("accept-encoding", "gzip, deflate, br, zstd")], 200),
        (script, &[("accept-encoding", "gzip")], 200),
        (script, &[("accept-encoding", "br;q=0, gzip;q=0.5")], 200),
        (script, &[("accept-encoding", "identity")], 200),
        (script, &[("if-modified-since", second)], 304),
        (script, &[("if-modified-since", later)], 304),
        (script, &[("if-modified-since", earlier)], 200),
        (script, &[("if-modified-since", "yesterday")], 200),
        (script, &[("if-unmodified-since", second)], 200),
        (script, &[("if-unmodified-since", earlier)], 412),
        (script, &[("range", "bytes=0-5")], 206),
        (script, &[("range", "bytes=-5")], 206),
        (script, &[("range", "bytes=10-"), ("accept-encoding", "identity")], 206),
        (script, &[("range", "bytes=9999-")], 416),
        (script, &[("range", "half of it")], 416),
        ("/pkg/reading.js.br", &[], 200),
        ("/fonts/a%20face.woff2", &[], 200),
        ("/favicon.ico", &[], 200),
        ("/odd", &[], 200),
        ("/pkg", &[], 404),
        ("/pkg/", &[], 404),
        ("/pkg/none.js", &[], 404),
        ("/pkg/../odd", &[], 200),
        ("/..%2f/odd", &[], 404),
        ("/pkg%2Freading.js", &[], 200),
        ("/pkg//reading.js", &[], 200),
        ("/pkg/reading.js/", &[], 200),
        ("//odd", &[], 200),
    ] {
        for method in [Method::GET, Method::HEAD, Method::POST] {
            let answers =
                [ask(&of_folder, &method, path, headers).await, ask(&of_program, &method, path, headers).await];
            let what = format!("{method} {path} {headers:?}");
            if method == Method::GET {
                assert_eq!(answers[0].status, status, "{what}");
            }
            let [folder, program] = answers.map(|answer| {
                let mut headers: Vec<_> =
                    answer.headers.iter().map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
                // Of a page that says that nothing is there, these are its own each time.
                headers.retain(|(name, _)| !["date", "content-security-policy", "server-timing"].contains(&&**name));
                headers.sort();
                let is_file = answer.status != 404;
                (answer.status, headers, is_file.then_some(answer.body))
            });
            assert_eq!(program, folder, "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_bears_a_content_is_kept_for_good() {
    let folder = tempfile::tempdir().expect("a folder");
    fill(folder.path());
    fs::write(folder.path().join("ornament.svg"), "<svg/>").expect("a file");
    let carried: Carried = carry(folder.path(), folder.path()).into_iter().collect();
    for files in [Files::Folder(folder.path().to_owned()), Files::Carried(Arc::new(carried))] {
        let site = Site::configured(RouterConfig { site: Some(files), ..RouterConfig::default() }).await;
        let page = ask(&site, &Method::GET, "/", &[]).await.body;
        let style = named(&page, "/quire.", ".css");
        let sheet = ask(&site, &Method::GET, style, &[]).await;
        let ornament = named(&sheet.body, "/ornament.", ".svg");
        for path in [style, ornament] {
            check_kept(&site, path, 200, Some("public, max-age=31536000, immutable")).await;
        }
        check_kept(&site, "/quire.css", 200, Some("no-cache")).await;
        check_kept(&site, "/ornament.svg", 200, Some("no-cache")).await;
        // Another version's.
        check_kept(&site, "/ornament.0123456789abcdef.svg", 404, Some("no-store")).await;
        check_kept(&site, "/quire.0123456789abcdef.css", 404, Some("no-store")).await;
        let unchanged =
            ask(&site, &Method::GET, ornament, &[("if-modified-since", "Sun, 29 Nov 2099 00:00:00 GMT")]).await;
        assert_eq!(unchanged.status, 304);
        assert_eq!(unchanged.header("cache-control"), Some("public, max-age=31536000, immutable"));
    }
}

async fn check_kept(site: &Site, path: &str, status: u16, kept: Option<&str>) {
    let answer = ask(site, &Method::GET, path, &[]).await;
    assert_eq!((answer.status, answer.header("cache-control")), (status, kept), "{path}");
}

/// The first path of this kind that a text names.
fn named<'a>(text: &'a str, begins: &str, ends: &str) -> &'a str {
    let from = text.find(begins).unwrap_or_else(|| panic!("no {begins} in {text}"));
    let to = from + text[from..].find(ends).expect("an end") + ends.len();
    &text[from..to]
}
