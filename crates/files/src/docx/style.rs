//! The styles of GB/T 9704, and smaller ones for tables.

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// 标题: 二号小标宋 in the middle.
    Title,
    /// What stands under a title: number, day; in the middle.
    Under,
    /// 主送机关: from the left edge.
    Addressee,
    /// 正文: two characters in.
    Body,
    /// 一、: 黑体.
    First,
    /// （一）: 楷体.
    Second,
    /// 署名: from the right, two characters in.
    Signature,
    /// 成文日期: from the right, four characters in.
    Dated,
    /// 附注: small, from the left edge.
    Note,
    /// The heading of a list on a sheet that lies: smaller than a title.
    List,
    /// A line of figures above a table.
    Lead,
}

/// A style as the sheet of styles has it.
struct Look {
    id: &'static str,
    name: &'static str,
    /// Paragraph properties.
    paragraph: &'static str,
    /// Run properties.
    run: &'static str,
}

const SONG: &str =
    r#"<w:rFonts w:ascii="方正小标宋简体" w:hAnsi="方正小标宋简体" w:eastAsia="方正小标宋简体"/>"#;

impl Style {
    const ALL: [Self; 11] = [
        Self::Title,
        Self::Under,
        Self::Addressee,
        Self::Body,
        Self::First,
        Self::Second,
        Self::Signature,
        Self::Dated,
        Self::Note,
        Self::List,
        Self::Lead,
    ];

    /// Its name in the file.
    pub(crate) const fn id(self) -> &'static str {
        self.look().id
    }

    const fn look(self) -> Look {
        const fn look(
            id: &'static str,
            name: &'static str,
            paragraph: &'static str,
            run: &'static str,
        ) -> Look {
            Look { id, name, paragraph, run }
        }
        match self {
            Self::Title => look(
                "DubanTitle",
                "公文标题",
                r#"<w:keepNext/><w:spacing w:before="0" w:after="290" w:line="660" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>"#,
                r#"<w:spacing w:val="0"/><w:sz w:val="44"/><w:szCs w:val="44"/>"#,
            ),
            Self::Under => look("DubanUnder", "公文副题", r#"<w:jc w:val="center"/>"#, ""),
            Self::Addressee => look("DubanAddressee", "公文主送", "", ""),
            Self::Body => look(
                "DubanBody",
                "公文正文",
                r#"<w:ind w:firstLineChars="200" w:firstLine="630"/>"#,
                "",
            ),
            Self::First => look(
                "DubanFirst",
                "公文一级标题",
                r#"<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="1"/>"#,
                r#"<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/>"#,
            ),
            Self::Second => look(
                "DubanSecond",
                "公文二级标题",
                r#"<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="2"/>"#,
                r#"<w:rFonts w:ascii="楷体_GB2312" w:hAnsi="楷体_GB2312" w:eastAsia="楷体_GB2312"/>"#,
            ),
            Self::Signature => look(
                "DubanSignature",
                "公文署名",
                r#"<w:keepNext/><w:spacing w:before="579"/><w:ind w:rightChars="200" w:right="630"/><w:jc w:val="right"/>"#,
                "",
            ),
            Self::Dated => look(
                "DubanDated",
                "公文成文日期",
                r#"<w:ind w:rightChars="400" w:right="1260"/><w:jc w:val="right"/>"#,
                "",
            ),
            Self::Note => look(
                "DubanNote",
                "公文附注",
                r#"<w:snapToGrid w:val="0"/><w:spacing w:before="120" w:line="360" w:lineRule="exact"/>"#,
                r#"<w:spacing w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>"#,
            ),
            Self::List => look(
                "DubanList",
                "清单标题",
                r#"<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="120" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>"#,
                r#"<w:spacing w:val="0"/><w:sz w:val="36"/><w:szCs w:val="36"/>"#,
            ),
            Self::Lead => look(
                "DubanLead",
                "清单说明",
                r#"<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="60" w:after="60" w:line="400" w:lineRule="exact"/>"#,
                r#"<w:spacing w:val="0"/><w:sz w:val="24"/><w:szCs w:val="24"/>"#,
            ),
        }
    }
}

/// The sheet of styles.
pub(crate) fn sheet() -> String {
    let mut xml = String::from(HEAD);
    for style in Style::ALL {
        let look = style.look();
        let song = if matches!(style, Style::Title | Style::List) { SONG } else { "" };
        let Look { id, name, paragraph, run } = look;
        xml.push_str(&format!(
            r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{song}{run}</w:rPr></w:style>"#
        ));
    }
    xml.push_str(TAIL);
    xml
}

// 三号 is 16 points; 28 of them and a quarter point less each are the 156 mm of a line. Without
// autoSpaceDE and autoSpaceDN a gap stands between 2026 and 年.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:cs="Times New Roman" w:hint="eastAsia"/><w:color w:val="000000"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:rPr><w:spacing w:val="-5"/></w:rPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="DubanCell"><w:name w:val="表格文字"/><w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="340" w:lineRule="exact"/><w:jc w:val="left"/></w:pPr><w:rPr><w:spacing w:val="0"/><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="DubanPageNumber"><w:name w:val="公文页码"/><w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/></w:pPr><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="DubanSeal"><w:name w:val="日志封印"/><w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="200" w:lineRule="exact"/><w:jc w:val="left"/></w:pPr><w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:eastAsia="宋体"/><w:color w:val="595959"/><w:spacing w:val="0"/><w:sz w:val="14"/><w:szCs w:val="14"/></w:rPr></w:style>"#;

const TAIL: &str = "</w:styles>";
