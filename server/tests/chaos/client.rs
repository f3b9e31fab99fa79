//! One client: it asks one node, then another, as a browser whose proxy does so, and notes everything.

use std::{sync::Arc, time::Duration};

use rand::{Rng, SeedableRng, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    Stage,
    cast::{TALKERS, TOGGLED, WRITERS},
    cluster::NODES,
    marks::marks,
};

/// Longer than anything takes that ends at all.
const TIMEOUT: Duration = Duration::from_secs(15);

/// A client.
pub(crate) struct Client {
    pub(crate) stage: Arc<Stage>,
    pub(crate) dice: StdRng,
    /// Where it asks; anywhere, if nowhere is named.
    pub(crate) only: Option<usize>,
    number: usize,
    session: Option<String>,
    /// The highest position told so far, if the client carries it along.
    seen: Option<u64>,
    http: reqwest::Client,
}

/// What is asked, and what the answer says that is no mark.
pub(crate) struct Question {
    pub(crate) path: String,
    /// What is there if there is an answer, and isn't if there is nothing to be found.
    pub(crate) there: Option<String>,
    /// Below this name, what is not shown is not there.
    pub(crate) covers: Option<String>,
}

/// What became of a write.
pub(crate) enum Outcome {
    /// It was acknowledged.
    Done(Value),
    /// It never happened.
    Refused(Value),
    /// Nobody knows.
    Unknown,
}

/// What came back, and when.
struct Answer {
    line: Value,
    status: Option<u16>,
    body: String,
}

impl Client {
    /// Client number so-and-so: writers first, then talkers, then those who only read.
    pub(crate) fn new(stage: &Arc<Stage>, number: usize) -> Self {
        let person = stage.library.writers.iter().chain(&stage.library.talkers).nth(number);
        // The last four carry nothing: what they are promised is Δ.
        let carries = number + 4 < super::cast::CLIENTS;
        Self {
            stage: Arc::clone(stage),
            dice: StdRng::seed_from_u64(stage.seed.wrapping_add(number as u64)),
            only: None,
            number,
            session: person.map(|person| person.token.as_str().to_owned()),
            seen: carries.then_some(0),
            http: reqwest::Client::builder().no_proxy().timeout(TIMEOUT).build().expect("a client"),
        }
    }

    /// Asks. The answer's value, if there is one.
    pub(crate) async fn read(&mut self, question: Question) -> Option<Value> {
        let Answer { mut line, status, body } = self.send(Method::GET, &question.path, None).await;
        let parsed: Option<Value> = serde_json::from_str(&body).ok();
        let as_of = parsed.as_ref().and_then(|parsed| parsed["entry"]["as_of"].as_u64());
        let found = status == Some(200);
        let shows = if found { marks(&body) } else { Vec::new() };
        let mut is = Vec::new();
        if let Some(there) = question.there.filter(|_| matches!(status, Some(200 | 404))) {
            is.push((there, found));
        }
        if found && question.path.starts_with("/api/fetch_shelf") {
            let listed = |story: usize| shows.iter().any(|(thing, _)| *thing == format!("t{story}"));
            is.extend((0..WRITERS).map(|story| (format!("o{story}"), listed(story))));
        } else if !question.path.contains("viewer=") {
            // A client that is shown any text of a story is shown that it is out.
            let texts = shows.iter().filter_map(|(thing, _)| thing.strip_prefix(['t', 'c', 's']));
            is.extend(texts.map(|place| (format!("o{}", place.split('.').next().unwrap_or_default()), true)));
        }
        if let Some(value) = parsed.as_ref().filter(|_| question.path.starts_with("/api/fetch_my_likes") && found) {
            let talker = self.number - WRITERS;
            let liked = value["entry"]["value"]["stories"].to_string();
            let likes = |story: usize| liked.contains(&self.stage.library.stories[story].id.to_string());
            is.extend((TOGGLED..WRITERS).map(|story| (format!("l{talker}.{story}"), likes(story))));
        }
        line["read"] = question.path.into();
        line["as_of"] = as_of.into();
        line["stale"] = ["\"stale\":true", "data-testid=\"stale\""].iter().any(|mark| body.contains(mark)).into();
        line["shows"] = json!(shows);
        line["is"] = json!(is);
        // Only a conversation of one page is shown whole.
        let whole = parsed.as_ref().is_some_and(|parsed| parsed["entry"]["value"]["pages"] == 1);
        line["covers"] = question.covers.filter(|_| found && whole).into();
        self.stage.history.note(&line);
        self.raise(as_of);
        parsed.filter(|_| found)
    }

    /// Writes.
    pub(crate) async fn write(&mut self, thing: &str, number: u64, present: bool, path: &str, body: Body) -> Outcome {
        let Answer { mut line, status, body } = self.send(Method::POST, path, Some(body)).await;
        let parsed: Value = serde_json::from_str(&body).unwrap_or_default();
        let seq = parsed["record"]["seq"].as_u64();
        line["write"] = thing.into();
        line["number"] = number.into();
        line["present"] = present.into();
        line["seq"] = seq.into();
        self.stage.history.note(&line);
        self.raise(seq);
        match status {
            Some(200) => Outcome::Done(parsed["value"].clone()),
            Some(400..500) => Outcome::Refused(parsed),
            _ => Outcome::Unknown,
        }
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<Body>) -> Answer {
        let node = self.only.unwrap_or_else(|| self.dice.random_range(0..NODES));
        let mut request = self.http.request(method, format!("{}{path}", self.stage.cluster.nodes[node].base));
        let session = self.session.as_ref().map(|token| format!("quire-session={token}"));
        let seen = self.seen.map(|seen| format!("quire-seen={}.{seen}", self.stage.library.log));
        let cookies: Vec<String> = session.into_iter().chain(seen).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        request = match body {
            Some(Body::Json(json)) => request.header("content-type", "application/json").body(json.to_string()),
            Some(Body::Form(form)) => request.header("content-type", "application/x-www-form-urlencoded").body(form),
            None => request,
        };
        let sent = self.stage.history.now();
        let mut status = None;
        let whole = async {
            let response = request.send().await?;
            let answered = response.status().as_u16();
            let body = response.text().await?;
            status = Some(answered);
            Ok::<_, reqwest::Error>(body)
        };
        let (body, error) =
            whole.await.map_or_else(|error| (String::new(), Some(error.to_string())), |body| (body, None));
        let done = self.stage.history.now();
        let error = error.or_else(|| status.filter(|status| *status >= 500).map(|_| body.clone()));
        let line = json!({"client": self.number, "node": node, "carries": self.seen.is_some(), "sent": sent,
            "done": done, "status": status, "error": error});
        Answer { line, status, body }
    }

    /// What the page's script does with a position it is told.
    fn raise(&mut self, position: Option<u64>) {
        self.seen = self.seen.map(|seen| seen.max(position.unwrap_or_default()));
    }

    /// Which of the talkers it is.
    pub(crate) fn talker(&self) -> usize {
        (self.number - WRITERS) % TALKERS
    }
}

/// What a write sends.
pub(crate) enum Body {
    Json(Value),
    Form(String),
}
