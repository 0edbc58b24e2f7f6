//! `pact new`: a contract to fill in, from a template.

mod place;
mod template;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::Exit;
use super::created::{shell_word, unwritable};
use super::error::Error;
use super::output::{Format, Output};
use super::workspace::{Documents, Workspace};
use crate::format::{self, Content};
use crate::io::fs;
use crate::model::{Contract, Registry};
use crate::report::sanitize;
use crate::source::words::{nearest, quoted};
use crate::source::{Value, parse_scalar};
use template::{Blanks, Standard, Template};

/// Write a new contract from a commented template
///
/// Never overwrites. It is a draft that `pact lint` has nothing to say about, until its status is another one and a TODO is
/// left in it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact new sales.orders                      contracts/sales.orders.yaml, for a table
  pact new clicks --template topic
  pact new prices --template api --odcs      in the words of the Open Data Contract Standard
  pact new crm.orders --template subscription --contract orders
  pact new orders --output - | less")]
pub(super) struct Args {
    /// The name, as others will refer to it: lower-case words, with dots between parts
    name: String,
    /// What it is about
    #[arg(long, short, value_enum, default_value_t, value_name = "TEMPLATE")]
    template: Template,
    /// The contract subscribed to, for a subscription
    #[arg(long, value_name = "NAME", required_if_eq("template", "subscription"))]
    contract: Option<String>,
    /// Write it in the Open Data Contract Standard
    #[arg(long)]
    odcs: bool,
    /// The file, or its folder; `-` is standard output. By default the first folder among `contracts` in pact.yaml
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// How to print what was done
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let standard = standard(args)?;
    check_name(&args.name, standard)?;
    let workspace = Workspace::open(directory, output)?;
    let documents = workspace.load(&workspace.files(output, |_| Ok(()))?);
    check_unused(args, &workspace, &documents)?;
    let subscribed = args.contract.as_deref().map(|name| subscribed(name, &documents.registry())).transpose()?;
    let to_stdout = args.output.as_ref().is_some_and(|path| path.as_os_str() == "-");
    let path = if to_stdout { None } else { Some(place::of(args, standard, &workspace)?) };
    let schema = place::schema(path.as_deref(), &workspace);
    let (contract, requirement, fields) = subscribed.unwrap_or_default();
    let blanks =
        Blanks { name: &args.name, schema: &schema, contract: &contract, requirement: &requirement, fields: &fields };
    let text = args.template.fill(standard, &blanks);
    let Some(path) = path else {
        if args.format == Format::Json {
            return Err(Error::new("`--format json` tells what was written, and `--output -` writes nothing")
                .hint("leave one of the two out"));
        }
        output.print(&text)?;
        return Ok(Exit::Clean);
    };
    fs::create(&path, &text).map_err(|error| not_written(&workspace.shown(&path), &error))?;
    print(args, standard, &path, &workspace, output)?;
    Ok(Exit::Clean)
}

fn standard(args: &Args) -> Result<Standard, Error> {
    let is_subscription = args.template == Template::Subscription;
    if args.odcs && is_subscription {
        return Err(Error::new("the Open Data Contract Standard has no subscriptions")
            .hint("leave out --odcs: pact reads subscriptions to contracts of both formats"));
    }
    if args.contract.is_some() && !is_subscription {
        return Err(
            Error::new("--contract is for subscriptions").hint("add `--template subscription`, or leave it out")
        );
    }
    Ok(if args.odcs { Standard::Odcs } else { Standard::Native })
}

/// Contracts of the standard have names of any letters; as parts of file names and of references few of them are good.
fn check_name(name: &str, standard: Standard) -> Result<(), Error> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
    let is_right = match standard {
        Standard::Native => format::is_name(name),
        Standard::Odcs => {
            name.starts_with(|first: char| first.is_ascii_alphanumeric())
                && !name.ends_with('.')
                && name.chars().all(is_plain)
        }
    };
    if is_right && name.len() <= 200 {
        return if is_other_value(name) {
            Err(Error::new(format!("{} is no text to readers of YAML", quoted(name)))
                .hint("choose another name: without quotes it is a value of another type"))
        } else {
            Ok(())
        };
    }
    let lower: String = name
        .chars()
        .map(|letter| if is_plain(letter) && letter != '-' { letter.to_ascii_lowercase() } else { '_' })
        .collect();
    let near = lower.trim_matches(|letter: char| !letter.is_ascii_lowercase() && !letter.is_ascii_digit());
    let near = near.trim_start_matches(|letter: char| !letter.is_ascii_lowercase());
    let error = Error::new(format!("{} can't be the name of a contract", quoted(name)));
    let rule = "a name is made of lower-case letters, digits and `_`, with dots between parts, such as `sales.orders`";
    Err(if format::is_name(near) && near.len() <= 200 {
        error.hint(format!("{rule}; how about `{near}`?"))
    } else {
        error.hint(rule)
    })
}

/// Whether a name is read as another value than a text, by YAML 1.2 or by the 1.1 of many readers.
fn is_other_value(name: &str) -> bool {
    const OF_YAML_1_1: &[&str] = &["yes", "no", "on", "off"];
    !matches!(parse_scalar(name), Value::Text(_)) || OF_YAML_1_1.contains(&name.to_ascii_lowercase().as_str())
}

/// Refuses a name that the repository has already: one of two contracts would never be found.
fn check_unused(args: &Args, workspace: &Workspace, documents: &Documents) -> Result<(), Error> {
    let has_name = |content: &Content| match content {
        Content::Contract(contract) => args.template != Template::Subscription && contract.is_called(&args.name),
        Content::Subscription(subscription) => {
            args.template == Template::Subscription && subscription.name == args.name
        }
        Content::Calendar(_) => false,
    };
    let Some(taken) = documents.iter().find(|document| document.content.as_ref().is_some_and(has_name)) else {
        return Ok(());
    };
    let what = if args.template == Template::Subscription { "subscription" } else { "contract" };
    let shown = workspace.shown(taken.file.path());
    Err(Error::new(format!("there is a {what} {} already, in {}", quoted(&args.name), shown.display()))
        .hint("choose another name, or change that file"))
}

/// The contract subscribed to as others call it, its versions as a requirement, and fields to begin with.
fn subscribed(name: &str, registry: &Registry) -> Result<(String, String, String), Error> {
    let Some(contract) = registry.contracts.iter().find(|contract| contract.is_called(name)) else {
        let error = Error::new(format!("there is no contract {} to subscribe to", quoted(name)));
        let names = registry.contracts.iter().map(|contract| contract.name.as_str());
        return Err(match nearest(name, names) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pact dict` lists the contracts of the repository"),
        });
    };
    let version = &contract.version;
    let requirement = if contract.has_readable_version() {
        format!("^{}.{}", version.major, version.minor)
    } else {
        "\"*\"".to_owned()
    };
    Ok((in_yaml(name), requirement, some_fields(contract)))
}

/// The fields of the primary key, or else the first one, as a list on one line has them.
fn some_fields(contract: &Contract) -> String {
    let Some(dataset) = contract.datasets.first() else { return String::new() };
    let mut fields: Vec<&str> = dataset.primary_key().map(|field| field.name.as_str()).collect();
    if fields.is_empty() {
        fields.extend(dataset.fields.first().map(|field| field.name.as_str()));
    }
    let is_alone = contract.datasets.len() == 1;
    let address = |field: &str| if is_alone { field.to_owned() } else { format!("{}.{field}", dataset.name) };
    fields.into_iter().take(3).map(|field| in_yaml(&address(field))).collect::<Vec<_>>().join(", ")
}

/// A text as YAML has it: in quotes where it has more than plain letters.
fn in_yaml(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
    let is_safe = text.starts_with(|first: char| first.is_ascii_lowercase()) && text.chars().all(is_plain);
    if is_safe { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

fn not_written(path: &Path, error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        return Error::new(format!("{} is there already, and stays as it is", path.display()))
            .hint("give another place with --output, or another name");
    }
    unwritable(path, error)
}

fn print(args: &Args, standard: Standard, path: &Path, workspace: &Workspace, output: Output) -> Result<(), Error> {
    let shown = workspace.shown(path);
    if args.format == Format::Json {
        let json = json!({
            "format": "pact.new/1",
            "path": shown.to_string_lossy(),
            "name": args.name,
            "template": args.template.name(),
            "standard": if standard == Standard::Odcs { "odcs" } else { "native" },
        });
        return output.print(&format!("{json:#}\n"));
    }
    if output.quiet {
        return Ok(());
    }
    let word = shell_word(&sanitize::line(&shown.display().to_string()));
    let (what, advice) = match args.template {
        Template::Subscription => {
            ("a subscription".to_owned(), "see whether the team is right, and say which fields it uses")
        }
        template => (
            format!("a draft of a contract for {}", template.about()),
            "fill in each TODO, and take away the `# ` in front of what else you promise",
        ),
    };
    let mut text = format!("Wrote {word}, {what}.\n\nNext:\n  {advice}\n  pact lint {word}\n");
    let is_found = workspace.files(output.quietly(), |_| Ok(()))?.iter().any(|file| file == path);
    if !is_found {
        let advice =
            if workspace.configured { "add it to `contracts` in pact.yaml" } else { "`pact init` writes a pact.yaml" };
        let _ = writeln!(text, "  {advice}: as it is, no command finds the file by itself");
    }
    output.print(&text)
}
