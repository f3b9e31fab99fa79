//! A new mutation: its Change, its server function, its transaction, its section in `docs/api.md`, and its row among those who
//! may ask for it.

use anyhow::Result;
use clap::Args;

use super::{
    argument::{Argument, types},
    change::{Change, Value},
    edits::Edits,
    name::Name,
    template::fill,
};

const API: &str = "app/src/api.rs";
const DOCS: &str = "docs/api.md";
const STORE: &str = "server/store/src/lib.rs";
const PRIVACY: &str = "server/tests/http/privacy/table.rs";

/// A new mutation, for people who are signed in.
#[derive(Debug, Args)]
pub(super) struct Mutation {
    /// Its name, as in `like_story`
    name: Name,
    /// Its meaning, as a sentence
    says: String,
    /// The file that it belongs to, in the store and among the server functions
    #[arg(long = "in", value_name = "NOUN")]
    noun: Name,
    /// An argument and its type, as in `story:StoryId`
    #[arg(long = "of", value_name = "NAME:TYPE")]
    arguments: Vec<Argument>,
    /// The type of its answer
    #[arg(long, value_name = "TYPE", default_value = "()")]
    answer: String,
    /// The Change that it commits with, as in `PostLiked(post, user)`
    #[arg(long, value_name = "CHANGE")]
    change: Value,
    #[command(flatten)]
    new_change: Change,
}

impl Mutation {
    pub(super) fn write(&self, edits: &mut Edits) -> Result<()> {
        let says = format!("{}.", self.says.trim_end_matches('.'));
        self.new_change.write(edits, &self.change, &self.arguments)?;
        self.answer_it(edits, &says)?;
        self.commit(edits, &says)?;
        self.document(edits, &says)?;
        self.protect(edits)
    }

    /// The server function.
    fn answer_it(&self, edits: &mut Edits, says: &str) -> Result<()> {
        let noun = self.noun.as_str();
        let file = format!("app/src/api/{noun}.rs");
        if !edits.exists(&file) {
            edits.create(&file, fill(include_str!("templates/functions.txt"), &[("noun", noun)]))?;
            edits.declare(API, "pub ", noun)?;
        }
        edits.import(&file, "domain", &[self.types(), vec!["Changed".to_owned()]].concat())?;
        edits.append(&file, &self.fill(include_str!("templates/function.txt"), says, &self.declared()))
    }

    /// The transaction.
    fn commit(&self, edits: &mut Edits, says: &str) -> Result<()> {
        let noun = self.noun.as_str();
        let file = format!("server/store/src/{noun}.rs");
        if !edits.exists(&file) {
            edits.create(&file, format!("//! {says}\n\nuse domain::{{Change}};\n\nuse crate::{{Result}};\n"))?;
            edits.before(STORE, "mod demo;", &format!("mod {noun};"))?;
        }
        let names = ["Change", "Changed", "UserId"].map(str::to_owned).to_vec();
        edits.import(&file, "domain", &[names, self.types()].concat())?;
        edits.import(&file, "crate", &["Result", "Store"].map(str::to_owned))?;
        let parameters = [vec!["user: UserId".to_owned()], self.declared()].concat();
        edits.append(&file, &self.fill(include_str!("templates/transaction.txt"), says, &parameters))
    }

    fn document(&self, edits: &mut Edits, says: &str) -> Result<()> {
        let name = self.name.as_str();
        let documented: Vec<String> = self.arguments.iter().map(Argument::documented).collect();
        let fields = if documented.is_empty() { "none".to_owned() } else { documented.join(" · ") };
        let errors = if self.arguments.is_empty() { "401" } else { "401, 404" };
        let answer = if self.answer == "()" { "nothing".to_owned() } else { format!("`{}`", self.answer) };
        let sent = self
            .arguments
            .iter()
            .map(|argument| format!(" --data-urlencode \"{}={}\"", argument.name(), argument.example()));
        let sent = if self.arguments.is_empty() { " -X POST".to_owned() } else { sent.collect() };
        let section = format!(
            "### {name}\n\n`POST /api/{name}`, form. {says}\n\nFields: {fields}. Answers **200**, a write: {answer}. \
             Errors: {errors}.\n\n```sh\ncurl -b \"$COOKIE\"{sent} \"$URL/api/{name}\"\n```\n"
        );
        edits.before(DOCS, "## Caches", &section)
    }

    /// Without arguments it concerns its asker alone. Otherwise a person decides who may ask.
    fn protect(&self, edits: &mut Edits) -> Result<()> {
        let sent: Vec<String> = self.arguments.iter().map(|argument| format!("{0}={{{0}}}", argument.name())).collect();
        let rule = if sent.is_empty() { "Silent" } else { "compile_error!(\"who may ask for it?\")" };
        let row = format!("        call(\"/api/{}\", Form(\"{}\"), {rule}),", self.name.as_str(), sent.join("&"));
        edits.before(PRIVACY, "        call(\"/api/become_writer\", Form(\"\"), Silent),", &row)
    }

    fn fill(&self, template: &str, says: &str, parameters: &[String]) -> String {
        let arguments: Vec<&str> = ["user"].into_iter().chain(self.arguments.iter().map(Argument::name)).collect();
        let names = [
            ("says", says),
            ("name", self.name.as_str()),
            ("parameters", &*parameters.join(", ")),
            ("arguments", &*arguments.join(", ")),
            ("answer", &*self.answer),
            ("change", &*self.change.written()),
            ("value", if self.answer == "()" { "()" } else { "compile_error!(\"the answer\")" }),
        ];
        fill(template, &names)
    }

    fn declared(&self) -> Vec<String> {
        self.arguments.iter().map(Argument::declared).collect()
    }

    fn types(&self) -> Vec<String> {
        [self.arguments.iter().flat_map(Argument::types).collect(), types(&self.answer)].concat()
    }
}
