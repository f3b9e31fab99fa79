//! Typed: the fields of our forms that hold typed text, and their names.

/// How a field is shown, by itself, outside of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// One line, with its label and its type.
    Line(&'static str, &'static str),
    /// Lines, with their label.
    Lines(&'static str),
    /// A text that is typed again each time, with its label.
    Secret(&'static str),
    /// A code, which is another one each time, with its label.
    Code(&'static str),
    /// Nothing that was typed: an id, a choice, a revision.
    Nothing,
}

impl Typed {
    /// Of the field of this name, in whichever form.
    pub fn of(field: &str) -> Self {
        match field {
            "text" => Self::Lines("What you wrote"),
            "words" => Self::Lines("In your words"),
            "told" => Self::Lines("What they are told"),
            "about_text" => Self::Lines("About this place"),
            "rules_text" => Self::Lines("Rules"),
            "who" => Self::Line("For whom", "text"),
            "note" => Self::Lines("A note for managers"),
            "description" => Self::Lines("Description"),
            "blurb" => Self::Lines("Blurb"),
            "title" => Self::Line("Title", "text"),
            "name" => Self::Line("Name", "text"),
            "email" => Self::Line("E-mail address", "email"),
            "current" => Self::Secret("Password now"),
            "password" => Self::Secret("Password"),
            "new" => Self::Secret("New password"),
            "code" => Self::Code("Code"),
            _ => Self::Nothing,
        }
    }

    /// What it is called, if it is a text.
    pub const fn label(self) -> Option<&'static str> {
        match self {
            Self::Line(label, _) | Self::Lines(label) => Some(label),
            Self::Secret(_) | Self::Code(_) | Self::Nothing => None,
        }
    }
}
