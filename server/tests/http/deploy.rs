//! The examples in `deploy/`: their own programs read them, and what they say is so.
//!
//! Where a program is not installed, the test says so in a line that begins with NOT CHECKED.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use clap::Parser as _;
use server::config::{Cli, Command as Told};

fn deploy(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(deploy(name)).expect("a file")
}

/// Runs a program that judges an example, or says loudly that it is not here.
fn judge(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            // Past what the test harness captures.
            writeln!(std::io::stderr(), "NOT CHECKED: {program} can't be run here ({error})").expect("a line");
            None
        }
    }
}

/// What the node is told by these settings.
#[track_caller]
fn serve(settings: &[(String, String)]) -> server::config::Serve {
    let options = settings.iter().map(|(name, value)| match name.as_str() {
        "DATABASE_URL" => format!("--database={value}"),
        "QUIRE_ADDR" => format!("--addr={value}"),
        "QUIRE_TRUSTED_PROXIES" => format!("--trusted-proxies={value}"),
        other => panic!("{other} is no setting that this test knows"),
    });
    let line = ["quire".to_owned(), "serve".to_owned()].into_iter().chain(options);
    let Told::Serve(config) = Cli::try_parse_from(line).expect("settings that can be read").command else {
        panic!("it does not serve")
    };
    *config
}

fn pairs<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let split = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    lines.filter_map(split).collect()
}

#[tokio::test]
async fn the_unit_is_one_and_its_settings_are_right() {
    let unit = text("quire.service");
    let settings = pairs(unit.lines().filter_map(|line| line.strip_prefix("Environment=")));
    let found = server::check::check(&serve(&settings)).await;
    // Its folder is made by systemd; nothing that the unit says is wrong.
    let settings_are_wrong = found.iter().map(ToString::to_string).any(|line| line.contains("QUIRE_"));
    assert!(!settings_are_wrong, "{found:?}");
    // systemd-analyze wants the program to be there: it is, for the test.
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().join("quire.service");
    let unit = unit.replace("/usr/local/bin/quire", env!("CARGO_BIN_EXE_quire"));
    fs::write(&here, unit).expect("a file");
    let Some(judged) = judge("systemd-analyze", &["verify", "--man=no", &here.display().to_string()]) else { return };
    let said = String::from_utf8_lossy(&judged.stderr).into_owned();
    let about_it: Vec<_> = said.lines().filter(|line| line.contains("quire.service")).collect();
    assert!(judged.status.success() && about_it.is_empty(), "{said}");
    // How much of the machine it can reach: from 0, nothing, to 10.
    let offline = ["security", "--offline=yes", "--threshold=20", &here.display().to_string()];
    if let Some(judged) = judge("systemd-analyze", &offline) {
        assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stdout));
    }
}

#[test]
fn the_container_has_the_program_and_a_place_for_the_library() {
    let file = text("Dockerfile");
    let told = |word: &str| file.lines().filter_map(|line| line.strip_prefix(word)).map(str::trim).collect::<Vec<_>>();
    let settings = pairs(told("ENV ").into_iter().flat_map(str::split_whitespace));
    let config = serve(&settings);
    assert_eq!(told("EXPOSE "), [config.addr.port().to_string()]);
    let store::Address::Sqlite(library) = &config.library.database else { panic!("not a file") };
    let volume = format!("[\"{}\"]", library.parent().expect("a folder").display());
    assert_eq!((told("VOLUME "), told("USER ")), (vec![&*volume], vec!["nonroot"]));
    assert_eq!((told("ENTRYPOINT "), told("CMD ")), (vec!["[\"/usr/local/bin/quire\"]"], vec!["[\"serve\"]"]));
    // What is copied is in the repository, or is what a release build makes.
    let root = deploy("..");
    for copied in told("COPY ") {
        let from = copied.split_whitespace().find(|word| !word.starts_with("--")).expect("a source");
        assert!(from == "target/release/quire" || root.join(from).exists(), "{from}");
    }
    let Some(judged) =
        judge("docker", &["build", "--check", "--file", &deploy("Dockerfile").display().to_string(), "."])
    else {
        return;
    };
    let said = String::from_utf8_lossy(&judged.stderr).into_owned();
    if said.contains("Cannot connect") || said.contains("unknown flag") || said.contains("daemon") {
        writeln!(std::io::stderr(), "NOT CHECKED: docker can't check a Dockerfile here").expect("a line");
        return;
    }
    assert!(judged.status.success(), "{said}");
}

#[test]
fn the_proxies_lead_to_the_node() {
    for (name, expected) in [
        ("Caddyfile", &["reverse_proxy 127.0.0.1:3000", "flush_interval -1", "respond /metrics 404"][..]),
        (
            "nginx.conf",
            &[
                "server 127.0.0.1:3000;",
                "proxy_set_header X-Forwarded-For $remote_addr;",
                "proxy_set_header X-Forwarded-Proto $scheme;",
                "proxy_set_header Upgrade $http_upgrade;",
                "proxy_buffering off;",
                "location = /metrics {",
            ],
        ),
    ] {
        let text = text(name);
        for line in expected {
            assert!(text.lines().any(|has| has.trim().starts_with(line)), "{name} has no {line}");
        }
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "{name}");
    }
    let caddy = deploy("Caddyfile").display().to_string();
    if let Some(judged) = judge("caddy", &["validate", "--adapter", "caddyfile", "--config", &caddy]) {
        assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
    }
    // A whole configuration around ours, with a certificate's place that needs no certificate.
    let folder = tempfile::tempdir().expect("a folder");
    let here = |name: &str| folder.path().join(name).display().to_string();
    let plain =
        text("nginx.conf").lines().filter(|line| !line.contains("ssl_certificate")).collect::<Vec<_>>().join("\n");
    let plain = plain.replace("listen 443 ssl;", "listen 8443;").replace("listen 80;", "listen 8080;");
    let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let places = places.map(|place| format!("{place}_temp_path {};\n", here(place))).concat();
    let whole = format!("pid {};\nevents {{}}\nhttp {{\naccess_log off;\n{places}{plain}\n}}\n", here("nginx.pid"));
    fs::write(here("nginx.conf"), whole).expect("a file");
    if let Some(judged) = judge("nginx", &["-t", "-p", &here(""), "-c", &here("nginx.conf"), "-e", "stderr"]) {
        assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
    }
}
