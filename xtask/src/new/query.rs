//! A new query: its row in the registry, its type, the statement that reads it, its section in `docs/api.md`, and its
//! page.

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use super::{
    argument::{Argument, types},
    edits::Edits,
    name::Name,
    template::fill,
};

/// A new query.
#[derive(Debug, Args)]
pub(super) struct Query {
    /// Its name, as in `my_likes`
    name: Name,
    /// Its meaning, as a sentence
    says: String,
    /// An argument and its type, as in `viewer:UserId`, which makes it that person's own
    #[arg(long = "of", value_name = "NAME:TYPE")]
    arguments: Vec<Argument>,
    /// The type of its answer
    #[arg(long, value_name = "TYPE")]
    answer: String,
    /// What its answer depends on, as in `Viewer(self.viewer)`
    #[arg(long = "tag", value_name = "TAG", required = true)]
    tags: Vec<String>,
    /// The family of pages that it serves
    #[arg(long)]
    area: Area,
    /// The path of a page that shows it
    #[arg(long, value_name = "PATH")]
    page: Option<String>,
}

/// A family of pages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Area {
    Writing,
    Reading,
    Community,
    Publish,
    Analytics,
}

impl Area {
    /// The heading of its queries in `docs/api.md`.
    const fn heading(self) -> &'static str {
        match self {
            Self::Writing | Self::Publish => "## The studio, reading",
            Self::Reading => "## Reading",
            Self::Community => "## Community",
            Self::Analytics => "## Caches",
        }
    }

    /// The part that has its pages, as `app/src/pages.rs` calls it.
    const fn part(self) -> &'static str {
        match self {
            Self::Writing | Self::Publish => "Studio",
            Self::Reading | Self::Community => "Reading",
            Self::Analytics => "Monitoring",
        }
    }
}

impl Query {
    pub(super) fn write(&self, edits: &mut Edits) -> Result<()> {
        let says = format!("{}.", self.says.trim_end_matches('.'));
        self.ask(edits, &says)?;
        self.load(edits, &says)?;
        self.document(edits, &says)?;
        match &self.page {
            Some(path) => self.show(edits, &says, path),
            None => Ok(()),
        }
    }

    /// In the domain: what is asked, and what the answer depends on.
    fn ask(&self, edits: &mut Edits, says: &str) -> Result<()> {
        let (name, of_type) = (self.name.as_str(), self.name.of_type());
        let mut imports = ["Area", "Query", "Quire", "Tag", "Tags", "UserId"].map(str::to_owned).to_vec();
        imports.extend(self.arguments.iter().flat_map(Argument::types));
        for known in types(&self.answer) {
            // A type that isn't there yet belongs into the query's own file.
            if edits.says("src/lib.rs", &known)? || edits.says("src/query.rs", &known)? {
                imports.push(known);
            }
        }
        imports.sort_unstable();
        imports.dedup();
        let (first, others) = self.tags.split_first().map_or(("", &[][..]), |(first, others)| (first, others));
        let others: Vec<String> = others.iter().map(|tag| format!("Tag::{tag}")).collect();
        let text = fill(
            include_str!("templates/query.txt"),
            &[
                ("says", says),
                ("type", &of_type),
                ("answer", &self.answer),
                ("key", &self.name.of_key()),
                ("imports", &imports.join(", ")),
                ("fields", &self.arguments.iter().map(Argument::field).collect::<String>()),
                ("area", &format!("{:?}", self.area)),
                ("viewer", if self.is_own() { "Some(self.viewer)" } else { "None" }),
                ("tags", &format!("Tag::{first}, [{}]", others.join(", "))),
            ],
        );
        edits.create(&format!("src/query/{name}.rs"), text)?;
        edits.declare("src/query.rs", "", name)?;
        edits.after("src/query.rs", "pub use self::{", &format!("{name}::{of_type},"))?;
        let declared: Vec<String> = self.arguments.iter().map(Argument::declared).collect();
        let arguments = if declared.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", declared.join(", ")) };
        let row = format!("/// {says}\nfetch_{name} \"fetch_{name}\" {of_type} {arguments};");
        let row = row.replace('\n', "\n            ");
        edits.after("src/query/registry.rs", "        $($macro)::+! { $($own)*", &format!("            {row}"))
    }

    /// In the store: the statement.
    fn load(&self, edits: &mut Edits, says: &str) -> Result<()> {
        let (name, of_type) = (self.name.as_str(), self.name.of_type());
        let imports = [vec![of_type.clone()], types(&self.answer)].concat().join(", ");
        let names = [("says", says), ("type", &*of_type), ("answer", &*self.answer), ("imports", &*imports)];
        edits.create(&format!("server/store/src/{name}.rs"), fill(include_str!("templates/load.txt"), &names))?;
        edits.before("server/store/src/lib.rs", "mod demo;", &format!("mod {name};"))
    }

    fn document(&self, edits: &mut Edits, says: &str) -> Result<()> {
        let name = self.name.as_str();
        let documented: Vec<String> = self.arguments.iter().map(Argument::documented).collect();
        let fields = if documented.is_empty() { "none".to_owned() } else { documented.join(" · ") };
        let asked: Vec<String> =
            self.arguments.iter().map(|argument| format!("{}={}", argument.name(), argument.example())).collect();
        let asked = if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) };
        let (cookie, errors) = match (self.is_own(), self.arguments.len()) {
            (true, 1) => ("-b \"$COOKIE\" ", "401"),
            (true, _) => ("-b \"$COOKIE\" ", "401, 404"),
            (false, _) => ("", "404"),
        };
        let section = format!(
            "\n### fetch_{name}\n\n`GET /api/fetch_{name}`, query string. {says}\n\nFields: {fields}. Answers **200**, a read: \
             `{}`. Errors: {errors}.\n\n```sh\ncurl {cookie}\"$URL/api/fetch_{name}{asked}\"\n```",
            self.answer
        );
        edits.after("docs/api.md", self.area.heading(), &section)
    }

    /// Its page, in the part of its area.
    fn show(&self, edits: &mut Edits, says: &str, path: &str) -> Result<()> {
        ensure!(path.starts_with('/'), "{path} is no path");
        let (name, of_type, part) = (self.name.as_str(), self.name.of_type(), self.area.part());
        let chosen = self.arguments.iter().map(|argument| {
            if argument.is_viewer() {
                "viewer: boot::viewer()?.user".to_owned()
            } else {
                format!("{}: compile_error!(\"which one?\")", argument.name())
            }
        });
        let arguments = chosen.collect::<Vec<_>>().join(", ");
        let template =
            if self.is_own() { include_str!("templates/own_page.txt") } else { include_str!("templates/page.txt") };
        let names = [("says", says), ("type", &*of_type), ("name", name), ("path", path), ("arguments", &*arguments)];
        edits.create(&format!("app/src/pages/{name}.rs"), fill(template, &names))?;
        edits.before("app/src/pages.rs", "mod not_found;", &format!("mod {name};"))?;
        let row = format!("        \"{path}\" {name} {of_type}Page;");
        edits.after("app/src/pages.rs", &format!("    {part} {{"), &row)
    }

    fn is_own(&self) -> bool {
        self.arguments.iter().any(Argument::is_viewer)
    }
}
