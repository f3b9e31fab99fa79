//! How pages look to one visitor: the theme, and the type of stories. Cookies, so that the first paint has it.

#[cfg(not(feature = "ssr"))]
use leptos::prelude::document;
#[cfg(feature = "ssr")]
use leptos::prelude::use_context;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
#[cfg(not(feature = "ssr"))]
use web_sys::HtmlDocument;

/// One thing to choose. The page says it in an attribute `data-NAME`, and tokens of the stylesheet follow.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// The options, by name and by their names on screen.
    pub options: &'static [(&'static str, &'static str)],
    /// What holds until another is chosen. It has neither cookie nor attribute.
    pub usual: &'static str,
}

/// How many things there are to choose.
const COUNT: usize = 6;

/// What there is to choose, as the menu lists it.
pub static SETTINGS: [Setting; COUNT] = [
    Setting {
        name: "theme",
        label: "Theme",
        options: &[("light", "Light"), ("sepia", "Sepia"), ("dark", "Dark"), ("auto", "As my device")],
        usual: "auto",
    },
    Setting {
        name: "size",
        label: "Text size",
        options: &[
            ("small", "Small"),
            ("medium", "Medium"),
            ("large", "Large"),
            ("larger", "Larger"),
            ("largest", "Largest"),
        ],
        usual: "medium",
    },
    Setting {
        name: "lines",
        label: "Line spacing",
        options: &[("close", "Close"), ("normal", "Normal"), ("wide", "Wide")],
        usual: "normal",
    },
    Setting {
        name: "measure",
        label: "Line length",
        options: &[("short", "Short"), ("normal", "Normal"), ("long", "Long")],
        usual: "normal",
    },
    Setting {
        name: "font",
        label: "Font",
        options: &[("serif", "Serif"), ("sans", "Sans"), ("dyslexic", "OpenDyslexic")],
        usual: "serif",
    },
    Setting {
        name: "edge",
        label: "Line ends",
        options: &[("ragged", "Ragged"), ("justified", "Even")],
        usual: "ragged",
    },
];

impl Setting {
    /// Its cookie's name.
    pub fn cookie(&self) -> String {
        format!("quire-{}", self.name)
    }

    fn option(&self, name: &str) -> Option<&'static str> {
        self.options.iter().map(|(option, _)| *option).find(|option| *option == name)
    }
}

/// One option of one setting, as a form sends it: `size=large`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Choice {
    /// Of what.
    pub setting: &'static Setting,
    option: &'static str,
}

/// There is no such setting, or it has no such option.
#[derive(Debug, thiserror::Error)]
#[error("there is no such choice")]
pub struct NoChoice;

impl Choice {
    /// The option's name; none if it is the usual one.
    pub fn unusual(self) -> Option<&'static str> {
        (self.option != self.setting.usual).then_some(self.option)
    }
}

impl TryFrom<String> for Choice {
    type Error = NoChoice;

    fn try_from(text: String) -> Result<Self, NoChoice> {
        let (name, option) = text.split_once('=').ok_or(NoChoice)?;
        let setting = SETTINGS.iter().find(|setting| setting.name == name).ok_or(NoChoice)?;
        let option = setting.option(option).ok_or(NoChoice)?;
        Ok(Self { setting, option })
    }
}

// Derived, it would take the names in it for texts of what it is read from.
impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(from)?).map_err(D::Error::custom)
    }
}

impl From<Choice> for String {
    fn from(choice: Choice) -> Self {
        format!("{}={}", choice.setting.name, choice.option)
    }
}

/// What a visitor has chosen, setting by setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance([&'static str; COUNT]);

impl Appearance {
    fn chosen(mut chosen: impl FnMut(&'static Setting) -> Option<&'static str>) -> Self {
        Self(SETTINGS.each_ref().map(|setting| chosen(setting).unwrap_or(setting.usual)))
    }

    /// By the cookie on the server, by the page itself in the browser: the same.
    pub fn current() -> Self {
        #[cfg(feature = "ssr")]
        return use_context::<http::request::Parts>()
            .map_or_else(|| Self::chosen(|_| None), |request| Self::of_request(&request.headers));
        #[cfg(not(feature = "ssr"))]
        {
            let page = document().document_element();
            Self::chosen(|setting| setting.option(&page.as_ref()?.get_attribute(&format!("data-{}", setting.name))?))
        }
    }

    /// By the request's cookies: of each setting the first that names an option. Read here alone, so that a page which
    /// is kept under a name looks as the name says.
    #[cfg(feature = "ssr")]
    pub fn of_request(headers: &http::HeaderMap) -> Self {
        Self::chosen(|setting| {
            crate::cookie::values(headers, &setting.cookie()).find_map(|option| setting.option(option))
        })
    }

    /// Gives a document the attributes that the server would give it now: the app shell was made some time ago.
    #[cfg(not(feature = "ssr"))]
    pub fn renew(document: &HtmlDocument) {
        let (Some(page), Ok(cookies)) = (document.document_element(), document.cookie()) else { return };
        let chosen = Self::chosen(|setting| {
            let name = setting.cookie();
            let mut options = cookies.split("; ").filter_map(|cookie| cookie.strip_prefix(&name)?.strip_prefix('='));
            options.find_map(|option| setting.option(option))
        });
        for setting in &SETTINGS {
            let attribute = format!("data-{}", setting.name);
            match chosen.attribute(setting.name) {
                Some(option) => page.set_attribute(&attribute, option).ok(),
                None => page.remove_attribute(&attribute).ok(),
            };
        }
    }

    /// Whether this option is chosen.
    pub fn is_chosen(&self, setting: &Setting, option: &str) -> bool {
        SETTINGS.iter().zip(self.0).any(|(each, chosen)| each == setting && chosen == option)
    }

    /// The page's attribute for a setting: none for the usual option.
    pub fn attribute(&self, name: &str) -> Option<&'static str> {
        let of_name = SETTINGS.iter().zip(self.0).find(|(setting, _)| setting.name == name);
        of_name.filter(|(setting, chosen)| setting.usual != *chosen).map(|(_, chosen)| chosen)
    }

    /// What was chosen but for the usual, as cookies say it. Kept pages have it in their name: options that there are
    /// not are none, so that a visitor who invents some fills nothing.
    pub fn cookies(&self) -> String {
        let unusual = SETTINGS.iter().zip(self.0).filter(|(setting, chosen)| setting.usual != *chosen);
        unusual.map(|(setting, chosen)| format!("{}={chosen}", setting.cookie())).collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_its_usual_option() {
        for setting in &SETTINGS {
            assert_eq!(setting.option(setting.usual), Some(setting.usual), "{}", setting.name);
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn cookies_and_back() {
        let check = |cookies: &'static str, expected: &str| {
            let headers = [(http::header::COOKIE, http::HeaderValue::from_static(cookies))].into_iter().collect();
            assert_eq!(Appearance::of_request(&headers).cookies(), expected, "{cookies}");
        };
        check("", "");
        check("quire-theme=dark", "quire-theme=dark");
        check("quire-size=large; a=b; quire-theme=sepia", "quire-theme=sepia; quire-size=large");
        check("quire-size=medium; quire-theme=auto", "");
        check("quire-size=gigantic; quire-size=small; quire-font=\"; quire-edge", "quire-size=small");
    }

    #[test]
    fn choices() {
        let check = |text: &str, expected: Option<Option<&str>>| {
            assert_eq!(Choice::try_from(text.to_owned()).ok().map(Choice::unusual), expected, "{text}");
        };
        check("size=large", Some(Some("large")));
        check("size=medium", Some(None));
        check("size=dark", None);
        check("seize=large", None);
        check("size", None);
        check("", None);
    }
}
