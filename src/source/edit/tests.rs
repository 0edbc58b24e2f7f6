use super::*;
use crate::source::{Entry, Node, Value, parse};

#[track_caller]
fn changed(text: &str, change: impl Fn(&mut Node)) -> String {
    let old = parse(text).expect("YAML");
    let mut new = old.clone();
    change(&mut new);
    let rewritten = rewrite(text, &old, &new).unwrap_or_else(|refused| panic!("{refused:?}\n{text}"));
    assert!(rewritten.lost.is_empty(), "{:?}\n{text}", rewritten.lost);
    rewritten.text
}

#[track_caller]
fn becomes(text: &str, change: impl Fn(&mut Node), expected: &str) {
    assert_eq!(changed(text, &change), expected);
    // The same with the line ends of other systems.
    assert_eq!(changed(&text.replace('\n', "\r\n"), change), expected.replace('\n', "\r\n"));
}

const TEXT: &str = "\
# The header.
uuid: 'a-b'   # the id
list:
# of tables
- table: t  # first
  # and this is why
  isNullable: true
  text: |
    one
      two

  # the last words
- &second {table: \"${NAME}\", x: [1, 2]}

end: 017 # odd
";

#[test]
fn nothing_to_change_changes_nothing() {
    becomes(TEXT, |_| {}, TEXT);
    for text in ["", "# only a comment\n", "[]", "{}", "\u{feff}a: 1", "a: &x 1\nb: *x\nc:\n  <<: {d: 1}\n"] {
        assert_eq!(changed(text, |_| {}), text);
    }
}

#[test]
fn keys_and_values_change_where_they_stand() {
    becomes(
        TEXT,
        |tree| {
            tree.rename("uuid", "id");
            tree.set("end", "no", None);
            let list = tree.get_mut("list").and_then(Node::items_mut).unwrap();
            list[0].rename("isNullable", "required");
            list[0].set("required", false, None);
            list[0].set("text", "short", None);
            list[1].rename("table", "name");
        },
        "\
# The header.
id: 'a-b'   # the id
list:
# of tables
- table: t  # first
  # and this is why
  required: false
  text: short

  # the last words
- &second {name: \"${NAME}\", x: [1, 2]}

end: \"no\" # odd
",
    );
}

#[test]
fn keys_come_and_go_with_their_lines_and_comments_stay() {
    becomes(
        TEXT,
        |tree| {
            tree.take("uuid");
            tree.set("kind", "DataContract", None);
            let list = tree.get_mut("list").and_then(Node::items_mut).unwrap();
            list[0].take("table");
            list[0].take("text");
            list[0].set("tags", Node::from(vec!["a".into(), "b".into()]), Some("isNullable"));
            list[1].take("x");
            list[1].set("z1", Node::mapping().with("z", 1), None);
            list.push(Node::mapping().with("table", "new").with("x", true));
        },
        "\
# The header.
# the id
list:
# of tables
- # first
  # and this is why
  isNullable: true
  tags: [a, b]

  # the last words
- &second {table: \"${NAME}\", z1: {z: 1}}
- table: new
  x: true

end: 017 # odd
kind: DataContract
",
    );
}

#[test]
fn what_moves_takes_its_comments_along() {
    becomes(
        "team:\n# all of them\n- username: a # one\n  # two\n  role: owner\n- {username: 'b'}  # three\nname: x\n",
        |tree| {
            let mut members = tree.take("team").unwrap();
            let items = members.items_mut().unwrap();
            items[0].set("name", "A", Some("username"));
            items[1].set("name", "B", None);
            tree.entries_mut().unwrap().insert(0, Entry::new("team", Node::mapping().with("members", members)));
        },
        "team:\n  members:\n  # all of them\n  - username: a # one\n    name: A\n    # two\n    role: owner\n  - {username: 'b', name: B}  # three\nname: x\n",
    );
    becomes(
        "team:\n  # all of them\n  - username: a # one\n    # two\n    role: owner\n  - {username: 'b'}  # three\nname: x\n",
        |tree| {
            let entry = tree.get_mut("team").unwrap();
            let mut members = std::mem::replace(entry, Node::mapping());
            members.items_mut().unwrap()[1].set("name", "B", None);
            entry.add("members", members);
        },
        "team:\n  members:\n    # all of them\n    - username: a # one\n      # two\n      role: owner\n    - {username: 'b', name: B}  # three\nname: x\n",
    );
}

#[test]
fn json_stays_json() {
    let text = "{\n  \"uuid\": \"a\",\n  \"gone\": 1,\n  \"list\": [\n    {\"a\": 1},\n    {\"a\": 2}\n  ],\n  \"last\": null\n}\n";
    becomes(
        text,
        |tree| {
            tree.rename("uuid", "id");
            tree.take("gone");
            tree.take("last");
            let list = tree.get_mut("list").and_then(Node::items_mut).unwrap();
            list.remove(0);
            list.push(Node::mapping().with("b", "x"));
            tree.set("more", Node::mapping().with("c", Node::from(vec![Value::Null.into()])), None);
            tree.set("status", "active", Some("id"));
        },
        "{\n  \"id\": \"a\",\n  \"status\": \"active\",\n  \"list\": [\n    {\"a\": 2},\n    {\n      \"b\": \"x\"\n    }\n  ],\n  \"more\": {\n    \"c\": [\n      null\n    ]\n  }\n}\n",
    );
    let result = changed(text, |tree| {
        let list = tree.take("list").unwrap();
        tree.set("team", Node::mapping().with("members", list), None);
    });
    serde_json::from_str::<serde_json::Value>(&result).expect("JSON");
}

#[test]
fn empty_values_and_ends_without_a_line_end_are_places_too() {
    becomes("a:\nb: 1", |tree| tree.set("a", 1, None), "a: 1\nb: 1");
    becomes("a:\nb: 1", |tree| tree.set("c", Node::mapping().with("d", 2), None), "a:\nb: 1\nc:\n  d: 2");
    becomes("a: {}\n", |tree| tree.set("a", Node::mapping().with("d", 2), None), "a:\n  d: 2\n");
    let block = |tree: &mut Node| tree.set("a", Node::mapping().with("d", "x\ny"), None);
    becomes("a: 1 # c\nb: 2\n", block, "a: # c\n  d: |-\n    x\n    y\nb: 2\n");
    becomes("a: 1 # c\nb: 2\n", |tree| tree.set("a", "x\ny", None), "a: |- # c\n  x\n  y\nb: 2\n");
}

#[test]
fn what_an_anchor_shares_is_changed_for_all_or_not_at_all() {
    let text = "a: &x\n  k: 1\nb: *x\nc:\n  <<: *x\n  l: 2\n";
    let both = changed(text, |tree| {
        for key in ["a", "b"] {
            tree.get_mut(key).unwrap().set("k", 5, None);
        }
        tree.get_mut("c").unwrap().set("k", 5, None);
    });
    assert_eq!(both, text.replace('1', "5"));
    let old = parse(text).unwrap();
    let mut new = old.clone();
    new.get_mut("b").unwrap().set("k", 5, None);
    assert_eq!(rewrite(text, &old, &new), Err(Refused::OtherMeaning));
}

#[test]
fn edits_that_meet_are_refused() {
    let mut edits = Edits::default();
    edits.replace(0..3, "x");
    edits.insert(2, "y");
    assert_eq!(edits.clone().apply("abcdef", 0..6).err(), Some(Refused::Overlap));
    let mut edits = Edits::default();
    edits.insert(3, "1");
    edits.delete(3..4);
    edits.insert(3, "2");
    assert_eq!(edits.apply("abcdef", 1..6).map(|(text, _)| text).as_deref(), Ok("bc12ef"));
}
