//! Reads a formula by descent; depth and size are counted while reading.

use kernel::{Message, msg};

use super::expression::{Expression, Function, Kind, Name};
use super::token::{Sign, Token, What, tokens};
use super::{DEPTH_MAX, FormulaProblem, NODES_MAX};

type Read<T> = Result<T, FormulaProblem>;

/// The tree of a formula.
pub(crate) fn parse(source: &str) -> Read<Expression> {
    let letters: Vec<char> = source.chars().collect();
    let mut parser = Parser { tokens: tokens(source)?, letters, index: 0, depth: 0, node_count: 0 };
    let tree = parser.comparison()?;
    match parser.tokens.get(parser.index) {
        None => Ok(tree),
        Some(token) => Err(FormulaProblem {
            at: token.at,
            what: msg!(
                "从这里起多余，请删去或补上运算符",
                "what begins here is too much; remove it or add an operator"
            ),
        }),
    }
}

struct Parser {
    tokens: Vec<Token>,
    letters: Vec<char>,
    index: usize,
    depth: usize,
    node_count: usize,
}

impl Parser {
    /// One comparison at most: `1 < 2 < 3` says nothing clear.
    fn comparison(&mut self) -> Read<Expression> {
        let from = self.place();
        let left = self.sum()?;
        let compared =
            [Sign::Above, Sign::AtLeast, Sign::Below, Sign::AtMost, Sign::Equal, Sign::Unequal];
        match self.take_sign(&compared) {
            None => Ok(left),
            Some(sign) => {
                let right = self.sum()?;
                self.node(from, Kind::Pair(sign, Box::new([left, right])))
            }
        }
    }

    fn sum(&mut self) -> Read<Expression> {
        let from = self.place();
        let mut left = self.product()?;
        while let Some(sign) = self.take_sign(&[Sign::Plus, Sign::Minus]) {
            let right = self.product()?;
            left = self.node(from, Kind::Pair(sign, Box::new([left, right])))?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Read<Expression> {
        let from = self.place();
        let mut left = self.signed()?;
        while let Some(sign) = self.take_sign(&[Sign::Times, Sign::Over]) {
            let right = self.signed()?;
            left = self.node(from, Kind::Pair(sign, Box::new([left, right])))?;
        }
        Ok(left)
    }

    fn signed(&mut self) -> Read<Expression> {
        let from = self.place();
        if self.take_sign(&[Sign::Minus]).is_none() {
            return self.primary();
        }
        self.deeper(from)?;
        let inner = self.signed()?;
        self.depth -= 1;
        self.node(from, Kind::Negated(Box::new(inner)))
    }

    fn primary(&mut self) -> Read<Expression> {
        let from = self.place();
        let Some(token) = self.tokens.get(self.index).cloned() else {
            return Err(expected_value(from));
        };
        match token.what {
            What::Number(number) => {
                self.index += 1;
                self.node(from, Kind::Number(number))
            }
            What::Name(text) => {
                self.index += 1;
                if self.take_sign(&[Sign::Open]).is_some() {
                    return self.call(&text, from);
                }
                self.node(from, Kind::Name(Name { text, at: token.at }))
            }
            What::Sign(Sign::Open) => {
                self.index += 1;
                self.deeper(from)?;
                let inner = self.comparison()?;
                self.close()?;
                self.depth -= 1;
                Ok(inner)
            }
            What::Sign(_) => Err(expected_value(from)),
        }
    }

    fn call(&mut self, name: &str, from: usize) -> Read<Expression> {
        let known = Function::ALL.iter().find(|(word, _)| *word == name);
        let Some((_, function)) = known else {
            let words: Vec<&str> = Function::ALL.iter().map(|(word, _)| *word).collect();
            let list = words.join("、");
            let what = msg!(
                "没有函数“{name}”；可用：{list}",
                "there is no function “{name}”; allowed: {list}"
            );
            return Err(FormulaProblem { at: from, what });
        };
        self.deeper(from)?;
        let mut arguments = vec![self.comparison()?];
        while self.take_sign(&[Sign::Comma]).is_some() {
            arguments.push(self.comparison()?);
        }
        self.close()?;
        self.depth -= 1;
        let (least, most) = function.arguments();
        if arguments.len() < least || arguments.len() > most {
            let what = msg!(
                "“{name}”要有{least}到{most}个参数",
                "“{name}” takes {least} to {most} arguments"
            );
            return Err(FormulaProblem { at: from, what });
        }
        self.node(from, Kind::Call(*function, arguments))
    }

    fn close(&mut self) -> Read<()> {
        match self.take_sign(&[Sign::Close]) {
            Some(_) => Ok(()),
            None => Err(FormulaProblem {
                at: self.place(),
                what: msg!("缺少“)”", "“)” is missing"),
            }),
        }
    }

    fn deeper(&mut self, at: usize) -> Read<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let what = msg!(
                "括号和函数超过{DEPTH_MAX}层，请化简",
                "deeper than {DEPTH_MAX} levels; make it simpler"
            );
            return Err(FormulaProblem { at, what });
        }
        Ok(())
    }

    fn node(&mut self, from: usize, kind: Kind) -> Read<Expression> {
        self.node_count += 1;
        if self.node_count > NODES_MAX {
            let what: Message = msg!(
                "数、名字和运算合计超过{NODES_MAX}个",
                "more than {NODES_MAX} numbers, names and operations"
            );
            return Err(FormulaProblem { at: from, what });
        }
        let end = self.tokens.get(self.index).map_or(self.letters.len() + 1, |token| token.at);
        let letters = self.letters.get(from.saturating_sub(1)..end.saturating_sub(1));
        let text: String = letters.unwrap_or_default().iter().collect();
        Ok(Expression { text: text.trim().to_owned(), kind })
    }

    fn take_sign(&mut self, wanted: &[Sign]) -> Option<Sign> {
        let token = self.tokens.get(self.index)?;
        let What::Sign(sign) = token.what else { return None };
        if !wanted.contains(&sign) {
            return None;
        }
        self.index += 1;
        Some(sign)
    }

    /// The place of the next token, or the one behind the end.
    fn place(&self) -> usize {
        self.tokens.get(self.index).map_or(self.letters.len() + 1, |token| token.at)
    }
}

fn expected_value(at: usize) -> FormulaProblem {
    let what = msg!("这里应有一个数、名字或括号", "a number, a name or a parenthesis belongs here");
    FormulaProblem { at, what }
}
