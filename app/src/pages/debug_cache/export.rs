//! What the page shows, as a file.

use domain::{Area, CacheEvent, Holding, Logged, NodeReport, Recorder, Samples, Tier};
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

use super::watch::Watch;
use crate::{
    cache::Browser,
    components::{ToastKind, use_toasts},
};

/// All there is to see at one moment.
#[derive(Debug, Serialize)]
struct Snapshot {
    /// Milliseconds since 1970.
    at: i64,
    node: Option<NodeReport>,
    browser: Recorder,
    /// What a node found of what this tab had shown.
    samples: Samples,
    client_cache: Vec<Holding>,
    log: Vec<Logged>,
}

/// Buttons that save the shown figures.
#[component]
pub fn Export(watch: Watch) -> impl IntoView {
    let toasts = use_toasts();
    let save = move |name: &str, kind: &str, text: Option<String>| {
        if text.is_none_or(|text| download(name, kind, &text).is_err()) {
            toasts.toast("The file could not be made", ToastKind::Danger);
        }
    };
    let json = move |_| {
        let text = untrack(|| serde_json::to_string_pretty(&snapshot(watch)).ok());
        save("quire-cache.json", "application/json", text);
    };
    let csv = move |_| save("quire-cache.csv", "text/csv", Some(untrack(|| to_csv(&snapshot(watch)))));
    view! {
        <button class="button" data-size="small" type="button" data-testid="export-json" on:click=json>"Save as JSON"</button>
        <button class="button" data-size="small" type="button" data-testid="export-csv" on:click=csv>"Save as CSV"</button>
    }
}

fn snapshot(watch: Watch) -> Snapshot {
    Snapshot {
        at: watch.now().0,
        node: watch.of_node(|said| said.report.clone()),
        browser: watch.of_browser(Clone::clone).unwrap_or_default(),
        samples: watch.with_browser(Browser::samples),
        client_cache: watch.holdings(),
        log: watch.log(),
    }
}

/// One table of facts, a line each: the kind of thing, which one, the property, and its value.
fn to_csv(snapshot: &Snapshot) -> String {
    let mut csv = String::from("about,which,what,value\r\n");
    let mut line = |fields: [&str; 4]| {
        let fields = fields.map(field);
        csv.push_str(&fields.join(","));
        csv.push_str("\r\n");
    };
    for tier in Tier::ALL {
        let recorder = if tier.is_in_browser() {
            Some(&snapshot.browser)
        } else {
            snapshot.node.as_ref().map(|node| &node.recorder)
        };
        let Some(recorder) = recorder else { continue };
        for outcome in domain::Outcome::ALL {
            line(["tier", tier.label(), outcome.label(), &recorder.tally(tier).of(outcome).to_string()]);
        }
        line(["tier", tier.label(), "bytes", &recorder.bytes(tier).to_string()]);
        for (name, permille) in [("p50 µs", 500), ("p99 µs", 990)] {
            let took = recorder.durations(tier).permille(permille).map(|took| took.to_string());
            line(["tier", tier.label(), name, &took.unwrap_or_default()]);
        }
    }
    for node in snapshot.node.iter().flat_map(|node| &node.nodes) {
        line(["node", &node.name, "position", &node.watermark.to_string()]);
        line(["node", &node.name, "log read ms ago", &node.confirmed.map(|ago| ago.to_string()).unwrap_or_default()]);
        line(["node", &node.name, "entries", &node.entries.to_string()]);
    }
    for &area in Area::ALL {
        let of_area = snapshot.client_cache.iter().filter(|one| one.area == area);
        line(["area", area.slug(), "entries in the client cache", &of_area.count().to_string()]);
    }
    for one in &snapshot.client_cache {
        line(["client cache", one.key.as_str(), "bytes", &one.bytes.to_string()]);
        line(["client cache", one.key.as_str(), "true as of", &one.as_of.to_string()]);
        line(["client cache", one.key.as_str(), "fresh", if one.judgement.is_fresh() { "yes" } else { "no" }]);
    }
    for row in &snapshot.log {
        let seq = row.receipt.seq.to_string();
        line(["log", &seq, "change", &row.change]);
        line(["log", &seq, "committed", &row.receipt.at.0.to_string()]);
    }
    let of_node = snapshot.node.iter().flat_map(|node| node.recorder.events());
    for CacheEvent { at, tier, outcome, key, .. } in of_node.chain(snapshot.browser.events()) {
        line(["event", key.as_str(), &format!("{} {}", tier.label(), outcome.label()), &at.0.to_string()]);
    }
    csv
}

/// A field as RFC 4180 has it, that no spreadsheet takes for a formula.
fn field(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Has the browser save a text as a file.
fn download(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        assert_eq!(field("feed.1?page=0"), "feed.1?page=0");
        assert_eq!(field("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("two\nlines"), "\"two\nlines\"");
    }
}
