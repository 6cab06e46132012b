//! The parts of a document, each a page of the form: where it stands in the tree, which fields it
//! has, and how it is put back.

use kernel::{Message, Text, msg, text};
use rules::document::node::Node;
use rules::document::{Field, Shape};
use rules::rule_set::RuleSet;

use crate::tree;

/// A list of the document whose entries are pages of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 加分.
    Bonus,
    /// 金额.
    Amount,
    /// 否决.
    Veto,
    /// 结果运用.
    Consequence,
    /// 降档.
    Demotion,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] =
        [Self::Bonus, Self::Veto, Self::Consequence, Self::Demotion, Self::Amount];

    /// Its word in addresses.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Bonus => "bonus",
            Self::Amount => "amount",
            Self::Veto => "veto",
            Self::Consequence => "consequence",
            Self::Demotion => "demotion",
        }
    }

    /// Its field of the document.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Bonus => "加分",
            Self::Amount => "金额",
            Self::Veto => "否决",
            Self::Consequence => "结果运用",
            Self::Demotion => "降档",
        }
    }
}

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Name, precision, ties and the like.
    Head,
    /// 组别.
    Groups,
    /// The names of the dimensions and their order.
    Dimensions,
    /// An item of a dimension; a new one without a place.
    Item(usize, Option<usize>),
    /// An entry of another list.
    Entry(Kind, Option<usize>),
}

/// The fields of the head, in the order of the form.
const HEAD: [&str; 8] =
    ["办法", "英文", "满分", "加分上限", "缺项", "计分精度", "并列", "最少任务"];

/// Where a dimension stood before, so that it keeps its items.
pub(crate) const ORIGIN: &str = "~原";

/// In which dimension an item stands, by its place.
pub(crate) const WITHIN: &str = "~维度";

const DIMENSION_KEYS: [&str; 3] = ["名称", "英文", "项目"];

static DIMENSION: [Field; 3] = [
    Field { key: "名称", shape: || Shape::Text, may_be_absent: || false },
    Field { key: "英文", shape: || Shape::Text, may_be_absent: || true },
    Field { key: ORIGIN, shape: || Shape::Text, may_be_absent: || true },
];

static DIMENSIONS: [Field; 1] = [Field {
    key: "维度",
    shape: || Shape::List(|| Shape::Fields(&DIMENSION)),
    may_be_absent: || false,
}];

static ITEM_WITHIN: Field = Field { key: WITHIN, shape: || Shape::Text, may_be_absent: || false };

impl Part {
    /// The part of an address, `item-0-2`.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let place = |text: &str| match text {
            "new" => Some(None),
            n => n.parse().ok().map(Some),
        };
        let mut words = word.split('-');
        let first = words.next()?;
        let part = match first {
            "head" => Self::Head,
            "groups" => Self::Groups,
            "dimensions" => Self::Dimensions,
            "item" => Self::Item(words.next()?.parse().ok()?, place(words.next()?)?),
            other => {
                let kind = Kind::ALL.into_iter().find(|kind| kind.word() == other)?;
                Self::Entry(kind, place(words.next()?)?)
            }
        };
        words.next().is_none().then_some(part)
    }

    /// Its word in addresses.
    pub(crate) fn word(self) -> String {
        let place = |n: Option<usize>| n.map_or_else(|| "new".to_owned(), |n| n.to_string());
        match self {
            Self::Head => "head".to_owned(),
            Self::Groups => "groups".to_owned(),
            Self::Dimensions => "dimensions".to_owned(),
            Self::Item(dimension, n) => format!("item-{dimension}-{}", place(n)),
            Self::Entry(kind, n) => format!("{}-{}", kind.word(), place(n)),
        }
    }

    /// Whether it is not in the document yet.
    pub(crate) const fn is_new(self) -> bool {
        matches!(self, Self::Item(_, None) | Self::Entry(_, None))
    }

    /// What it is called.
    pub(crate) fn title(self, tree: &Node) -> Message {
        let called = |node: Option<&Node>| {
            let of = |key: &str| tree::text(node.and_then(|n| tree::get(n, key)));
            let (code, name, english) = (of("代码"), of("名称"), of("英文"));
            let en = if english.is_empty() { name } else { english };
            let one = |name: &str| format!("{code} {name}").trim().to_owned();
            if code.is_empty() && name.is_empty() {
                return without_name().into();
            }
            Message { zh: one(name), en: one(en) }
        };
        match self {
            Self::Head => text!("总则", "General").into(),
            Self::Groups => text!("考评组别", "Peer groups").into(),
            Self::Dimensions => text!("维度", "Dimensions").into(),
            Self::Item(_, None) => text!("新的考评项目", "A new item").into(),
            Self::Entry(kind, None) => {
                let label = super::labels::label(kind.key());
                let (zh, en) = (label.zh, label.en);
                msg!("新的{zh}", "New: {en}")
            }
            Self::Item(..) | Self::Entry(..) => called(self.node(tree).as_ref()),
        }
    }

    /// Its fields.
    pub(crate) fn fields(self) -> Vec<Field> {
        let all = fields_of(&RuleSet::shape());
        let of = |key: &str| all.iter().find(|field| field.key == key).copied();
        let entry = |key: &str| of(key).map_or_else(Vec::new, |f| fields_of(&inner((f.shape)())));
        match self {
            Self::Head => HEAD.iter().filter_map(|key| of(key)).collect(),
            Self::Groups => of("组别").into_iter().collect(),
            Self::Dimensions => DIMENSIONS.to_vec(),
            Self::Item(..) => {
                let items = entry("维度").into_iter().find(|field| field.key == "项目");
                let fields = items.map_or_else(Vec::new, |f| fields_of(&inner((f.shape)())));
                std::iter::once(ITEM_WITHIN).chain(fields).collect()
            }
            Self::Entry(kind, _) => entry(kind.key()),
        }
    }

    /// What the document says of it.
    pub(crate) fn node(self, tree: &Node) -> Option<Node> {
        match self {
            Self::Head | Self::Groups => {
                let keys: Vec<_> = self.fields().iter().map(|field| field.key).collect();
                let fields = tree::fields(Some(tree)).iter();
                Some(Node::map(
                    fields.filter(|(key, _)| keys.contains(&key.as_str())).cloned().collect(),
                ))
            }
            Self::Dimensions => {
                let all = dimensions(tree).iter().enumerate();
                let rows = all.map(|(index, one)| {
                    let named = tree::fields(Some(one)).iter().filter(|(key, _)| key != "项目");
                    let mut fields: Vec<_> = named.cloned().collect();
                    fields.push((ORIGIN.to_owned(), Node::text(index.to_string())));
                    Node::map(fields)
                });
                Some(Node::map(vec![("维度".to_owned(), Node::list(rows.collect()))]))
            }
            Self::Item(at, n) => {
                let items = tree::get(dimensions(tree).get(at)?, "项目");
                let item = tree::fields(Some(tree::entries(items).get(n?)?)).iter().cloned();
                Some(Node::map(std::iter::once(within(at)).chain(item).collect()))
            }
            Self::Entry(kind, n) => tree::entries(tree::get(tree, kind.key())).get(n?).cloned(),
        }
    }

    /// What a new one says before anything is written.
    pub(crate) fn blank(self) -> Node {
        match self {
            Self::Item(at, _) => Node::map(vec![within(at)]),
            Self::Head | Self::Groups | Self::Dimensions | Self::Entry(..) => Node::map(Vec::new()),
        }
    }

    /// The hash of all that its form shows as it stands: who has seen another one writes nothing.
    pub(crate) fn seen(self, tree: &Node) -> String {
        let mut shown = self.node(tree).map_or_else(String::new, |node| node.json());
        if let Self::Item(..) = self {
            for dimension in dimensions(tree) {
                shown.push('\n');
                shown.push_str(tree::text(tree::get(dimension, "名称")));
            }
        }
        if shown.is_empty() { shown } else { journal::hex(&journal::sm3(&[shown.as_bytes()])) }
    }

    /// Changes places with the entry before it; answers where it stands now.
    pub(crate) fn raise(self, tree: &mut Node) -> Option<Self> {
        let up = |entries: &mut Vec<Node>, n: usize| {
            let before = n.checked_sub(1).filter(|_| n < entries.len())?;
            entries.swap(before, n);
            Some(before)
        };
        match self {
            Self::Item(at, n) => {
                let dimensions = tree::list(tree, RuleSet::FIELDS, "维度")?;
                up(items(dimensions, at)?, n?).map(|n| Self::Item(at, Some(n)))
            }
            Self::Entry(kind, n) => {
                let entries = tree::list(tree, RuleSet::FIELDS, kind.key())?;
                up(entries, n?).map(|n| Self::Entry(kind, Some(n)))
            }
            Self::Head | Self::Groups | Self::Dimensions => None,
        }
    }

    /// Puts it back; nothing takes an entry out. Answers the part as it stands now; none when its
    /// place is gone.
    pub(crate) fn put(self, tree: &mut Node, node: Option<Node>) -> Option<Self> {
        match self {
            Self::Head | Self::Groups => {
                for field in self.fields() {
                    let value = node.as_ref().and_then(|n| tree::get(n, field.key)).cloned();
                    tree::set(tree, RuleSet::FIELDS, field.key, value);
                }
                Some(self)
            }
            Self::Dimensions => {
                let former = dimensions(tree).to_vec();
                let rows = node.as_ref().and_then(|n| tree::get(n, "维度"));
                let rows = tree::entries(rows).iter().map(|row| dimension(row, &former));
                tree::set(tree, RuleSet::FIELDS, "维度", Some(Node::list(rows.collect())));
                Some(self)
            }
            Self::Item(at, n) => {
                let to = node.as_ref().and_then(|n| tree::get(n, WITHIN));
                let to = to.and_then(|n| tree::text(Some(n)).parse().ok()).unwrap_or(at);
                let node = node.map(|node| without(&node, WITHIN));
                let dimensions = tree::list(tree, RuleSet::FIELDS, "维度")?;
                if to == at {
                    return place(items(dimensions, at)?, n, node).map(|n| Self::Item(at, Some(n)));
                }
                items(dimensions, to)?;
                if n.is_some() {
                    place(items(dimensions, at)?, n, None)?;
                }
                place(items(dimensions, to)?, None, node).map(|n| Self::Item(to, Some(n)))
            }
            Self::Entry(kind, n) => {
                let entries = tree::list(tree, RuleSet::FIELDS, kind.key())?;
                place(entries, n, node).map(|n| Self::Entry(kind, Some(n)))
            }
        }
    }
}

/// How is called what has no name yet.
pub(crate) const fn without_name() -> Text {
    text!("（未命名）", "(without a name)")
}

fn dimensions(tree: &Node) -> &[Node] {
    tree::entries(tree::get(tree, "维度"))
}

/// The items of a dimension, to be changed.
fn items(dimensions: &mut [Node], at: usize) -> Option<&mut Vec<Node>> {
    tree::list(dimensions.get_mut(at)?, &DIMENSION_KEYS, "项目")
}

fn within(at: usize) -> (String, Node) {
    (WITHIN.to_owned(), Node::text(at.to_string()))
}

/// A map without one of its fields.
fn without(node: &Node, key: &str) -> Node {
    Node::map(tree::fields(Some(node)).iter().filter(|(name, _)| name != key).cloned().collect())
}

/// A dimension with the items it had.
fn dimension(row: &Node, former: &[Node]) -> Node {
    let origin = tree::text(tree::get(row, ORIGIN)).parse::<usize>().ok();
    let items = origin.and_then(|n| former.get(n)).and_then(|one| tree::get(one, "项目"));
    let mut fields = tree::fields(Some(&without(row, ORIGIN))).to_vec();
    fields.extend(items.map(|items| ("项目".to_owned(), items.clone())));
    Node::map(fields)
}

/// Puts an entry at its place, or takes it out; answers where it stands.
fn place(entries: &mut Vec<Node>, n: Option<usize>, node: Option<Node>) -> Option<usize> {
    match (n, node) {
        (None, Some(node)) => {
            entries.push(node);
            entries.len().checked_sub(1)
        }
        (Some(n), Some(node)) => {
            *entries.get_mut(n)? = node;
            Some(n)
        }
        (Some(n), None) if n < entries.len() => {
            entries.remove(n);
            Some(n)
        }
        (_, None) => None,
    }
}

/// The fields of a shape that has some.
pub(crate) fn fields_of(shape: &Shape) -> Vec<Field> {
    match shape {
        Shape::Fields(fields) | Shape::Choice(fields) => fields.to_vec(),
        Shape::Code
        | Shape::Text
        | Shape::Number
        | Shape::Param
        | Shape::Limit
        | Shape::Count
        | Shape::YesNo
        | Shape::Formula
        | Shape::Word(_)
        | Shape::List(_)
        | Shape::Named(_) => Vec::new(),
    }
}

/// What a list is made of.
fn inner(shape: Shape) -> Shape {
    if let Shape::List(inner) = shape { inner() } else { shape }
}

#[cfg(test)]
mod tests {
    use rules::document::node::Node;
    use rules::ready::Ready;

    use super::{Kind, Part};
    use crate::tree;

    #[test]
    fn every_part_has_one_address() {
        let parts = [
            Part::Head,
            Part::Groups,
            Part::Dimensions,
            Part::Item(1, Some(2)),
            Part::Item(0, None),
            Part::Entry(Kind::Veto, Some(0)),
            Part::Entry(Kind::Amount, None),
        ];
        for part in parts {
            assert_eq!(Part::of(&part.word()), Some(part));
            assert!(!part.fields().is_empty(), "{part:?}");
        }
        for wrong in ["", "item", "item-0", "item-0-1-2", "bonus", "head-1", "item-x-1"] {
            assert_eq!(Part::of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_part_is_put_back_where_it_stood() {
        let rule = Ready::Counties.rule_set().unwrap();
        let before = rule.tree();
        let parts = [
            Part::Head,
            Part::Groups,
            Part::Dimensions,
            Part::Item(0, Some(1)),
            Part::Entry(Kind::Consequence, Some(1)),
        ];
        for part in parts {
            let mut tree = before.clone();
            assert_eq!(part.put(&mut tree, part.node(&before)), Some(part));
            assert_eq!(tree.json(), before.json(), "{part:?}");
        }
        let mut tree = before;
        let new = Part::Item(1, None).put(&mut tree, Some(Node::map(Vec::new())));
        assert_eq!(new, Some(Part::Item(1, Some(3))));
        Part::Item(0, Some(0)).put(&mut tree, None);
        let first = tree::entries(tree::get(&tree, "维度"))[0].clone();
        assert_eq!(tree::entries(tree::get(&first, "项目")).len(), 4);
        assert_eq!(Part::Item(7, Some(0)).put(&mut tree, None), None);
    }

    #[test]
    fn an_item_goes_to_the_end_of_another_dimension() {
        let before = Ready::Counties.rule_set().unwrap().tree();
        let codes = |tree: &Node, at: usize| -> Vec<String> {
            let items = tree::get(&super::dimensions(tree)[at], "项目");
            let code = |item| tree::text(tree::get(item, "代码")).to_owned();
            tree::entries(items).iter().map(code).collect()
        };
        let (first, second) = (codes(&before, 0), codes(&before, 1));
        let moved = |to: &str| {
            let mut item = Part::Item(0, Some(1)).node(&before).unwrap();
            tree::set(&mut item, &[], super::WITHIN, Some(Node::text(to)));
            item
        };
        let mut tree = before.clone();
        let now = Part::Item(0, Some(1)).put(&mut tree, Some(moved("1"))).unwrap();
        assert_eq!(now, Part::Item(1, Some(second.len())));
        assert_eq!(codes(&tree, 1).last(), Some(&first[1]));
        assert_eq!(codes(&tree, 0).len(), first.len() - 1);
        assert!(!tree.json().contains(super::WITHIN));
        // And back it is as it was, at the end.
        let mut back = now.node(&tree).unwrap();
        tree::set(&mut back, &[], super::WITHIN, Some(Node::text("0")));
        assert_eq!(now.put(&mut tree, Some(back)), Some(Part::Item(0, Some(first.len() - 1))));
        assert_eq!(codes(&tree, 1), second);
        // Nowhere is no place, and nothing is lost on the way.
        let mut tree = before.clone();
        assert_eq!(Part::Item(0, Some(1)).put(&mut tree, Some(moved("9"))), None);
        assert_eq!(Part::Item(0, Some(99)).put(&mut tree, Some(moved("1"))), None);
        assert_eq!(tree.json(), before.json());
        let new = Part::Item(0, None).put(&mut tree, Some(moved("1")));
        assert_eq!(new, Some(Part::Item(1, Some(second.len()))));
    }
}
