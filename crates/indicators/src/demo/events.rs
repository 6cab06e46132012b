//! What happened in the demo city: public criticism, reports found untrue, an accident. Invented.

/// An event of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Happened {
    pub(super) indicator: &'static str,
    pub(super) on: &'static str,
    pub(super) unit: &'static str,
    pub(super) what: &'static str,
    /// The document that tells of it.
    pub(super) document: &'static str,
    pub(super) reference: &'static str,
}

const fn event(
    indicator: &'static str,
    (on, unit): (&'static str, &'static str),
    what: &'static str,
    (document, reference): (&'static str, &'static str),
) -> Happened {
    Happened { indicator, on, unit, what, document, reference }
}

const UNTRUE: &str = "抽查不实件数";
const CRITICISED: &str = "通报批评次数";
const ACCIDENTS: &str = "较大以上安全事故数";
const VISIT: (&str, &str) = ("现场核查记录（{）", "督查核〔2021〕#号");
const CIRCULAR: (&str, &str) = ("关于重点工作推进不力问题的通报（{）", "省督查通报〔2021〕#号");

/// The events, in order; the last one waits to be checked when the demo begins.
pub(super) const EVENTS: &[Happened] = &[
    event(
        UNTRUE,
        ("2021-07-19", "源汇区"),
        "反馈称老旧小区改造已全部进场，现场核查2个小区未开工。",
        VISIT,
    ),
    event(
        CRITICISED,
        ("2021-08-05", "市城市管理局"),
        "生活垃圾分类工作进度滞后，被省通报。",
        CIRCULAR,
    ),
    event(UNTRUE, ("2021-08-12", "舞阳县"), "反馈称项目用地已交付，现场核查仍有3户未搬迁。", VISIT),
    event(
        CRITICISED,
        ("2021-09-08", "市金融工作局"),
        "清理拖欠企业账款协调不力，被省通报。",
        CIRCULAR,
    ),
    event(
        UNTRUE,
        ("2021-09-14", "市生态环境局"),
        "反馈称入河排污口整治完成，现场核查1处未封堵。",
        VISIT,
    ),
    event(
        ACCIDENTS,
        ("2021-09-23", "郾城区"),
        "一企业发生较大生产安全事故。",
        ("较大生产安全事故快报（{）", "漯应急〔2021〕#号"),
    ),
    event(CRITICISED, ("2021-10-11", "西城区"), "项目建设手续办理超时，被省通报。", CIRCULAR),
    event(
        UNTRUE,
        ("2021-10-13", "市金融工作局"),
        "反馈称企业贷款已发放，回访企业尚未到账。",
        VISIT,
    ),
    event(
        UNTRUE,
        ("2021-10-28", "召陵区"),
        "反馈称企业问题已解决，回访企业称道路仍未硬化。",
        VISIT,
    ),
];
