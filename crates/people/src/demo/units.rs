//! Whom the demo city consists of: units, peer groups, posts, lines of work and series.

use kernel::Role;

use crate::tables::{SeriesKind, UnitKind};

/// The city's own short name.
pub(super) const CITY: &str = "漯河市";
/// The supervision bureau's short name.
pub(super) const BUREAU: &str = "督查局";

/// 考评组别; the bureau and the units below a county stand in none.
pub(super) const GROUPS: [&str; 7] = [
    "县区组",
    "功能区组",
    "经济管理部门组",
    "城建资源部门组",
    "社会民生部门组",
    "执法监管部门组",
    "综合服务部门组",
];

/// Short name, full name, level, unit above, group, title of its head (none for the city itself).
pub(super) type UnitLine =
    (&'static str, &'static str, UnitKind, &'static str, &'static str, &'static str);

use UnitKind::{City, County, CountyDepartment, Department, District, Township, Zone};

/// All units, each after the one above it.
pub(super) const UNITS: [UnitLine; 54] = [
    (CITY, "漯河市人民政府", City, "", "", ""),
    (BUREAU, "中共漯河市委漯河市人民政府督查局", Department, CITY, "", ""),
    ("临颍县", "临颍县人民政府", County, CITY, "县区组", "县长"),
    ("舞阳县", "舞阳县人民政府", County, CITY, "县区组", "县长"),
    ("源汇区", "漯河市源汇区人民政府", District, CITY, "县区组", "区长"),
    ("郾城区", "漯河市郾城区人民政府", District, CITY, "县区组", "区长"),
    ("召陵区", "漯河市召陵区人民政府", District, CITY, "县区组", "区长"),
    ("经开区", "漯河经济技术开发区管理委员会", Zone, CITY, "功能区组", "主任"),
    ("西城区", "漯河市西城区管理委员会", Zone, CITY, "功能区组", "主任"),
    ("示范区", "漯河市城乡一体化示范区管理委员会", Zone, CITY, "功能区组", "主任"),
    ("市发展改革委", "漯河市发展和改革委员会", Department, CITY, "经济管理部门组", "主任"),
    ("市工业和信息化局", "漯河市工业和信息化局", Department, CITY, "经济管理部门组", "局长"),
    ("市商务局", "漯河市商务局", Department, CITY, "经济管理部门组", "局长"),
    ("市投资促进局", "漯河市投资促进局", Department, CITY, "经济管理部门组", "局长"),
    ("市金融工作局", "漯河市金融工作局", Department, CITY, "经济管理部门组", "局长"),
    ("市财政局", "漯河市财政局", Department, CITY, "经济管理部门组", "局长"),
    ("市科技局", "漯河市科学技术局", Department, CITY, "经济管理部门组", "局长"),
    ("市统计局", "漯河市统计局", Department, CITY, "经济管理部门组", "局长"),
    ("市税务局", "国家税务总局漯河市税务局", Department, CITY, "经济管理部门组", "局长"),
    (
        "市国资委",
        "漯河市人民政府国有资产监督管理委员会",
        Department,
        CITY,
        "经济管理部门组",
        "主任",
    ),
    ("市自然资源和规划局", "漯河市自然资源和规划局", Department, CITY, "城建资源部门组", "局长"),
    ("市生态环境局", "漯河市生态环境局", Department, CITY, "城建资源部门组", "局长"),
    ("市住房城乡建设局", "漯河市住房和城乡建设局", Department, CITY, "城建资源部门组", "局长"),
    ("市交通运输局", "漯河市交通运输局", Department, CITY, "城建资源部门组", "局长"),
    ("市水利局", "漯河市水利局", Department, CITY, "城建资源部门组", "局长"),
    ("市城市管理局", "漯河市城市管理局", Department, CITY, "城建资源部门组", "局长"),
    ("市教育局", "漯河市教育局", Department, CITY, "社会民生部门组", "局长"),
    ("市民政局", "漯河市民政局", Department, CITY, "社会民生部门组", "局长"),
    (
        "市人力资源社会保障局",
        "漯河市人力资源和社会保障局",
        Department,
        CITY,
        "社会民生部门组",
        "局长",
    ),
    ("市农业农村局", "漯河市农业农村局", Department, CITY, "社会民生部门组", "局长"),
    ("市乡村振兴局", "漯河市乡村振兴局", Department, CITY, "社会民生部门组", "局长"),
    ("市卫生健康委", "漯河市卫生健康委员会", Department, CITY, "社会民生部门组", "主任"),
    ("市文化广电和旅游局", "漯河市文化广电和旅游局", Department, CITY, "社会民生部门组", "局长"),
    ("市公安局", "漯河市公安局", Department, CITY, "执法监管部门组", "局长"),
    ("市司法局", "漯河市司法局", Department, CITY, "执法监管部门组", "局长"),
    ("市市场监管局", "漯河市市场监督管理局", Department, CITY, "执法监管部门组", "局长"),
    ("市应急管理局", "漯河市应急管理局", Department, CITY, "执法监管部门组", "局长"),
    ("市政府办公室", "漯河市人民政府办公室", Department, CITY, "综合服务部门组", "主任"),
    (
        "市行政审批和政务信息管理局",
        "漯河市行政审批和政务信息管理局",
        Department,
        CITY,
        "综合服务部门组",
        "局长",
    ),
    ("市信访局", "漯河市信访局", Department, CITY, "综合服务部门组", "局长"),
    ("临颍县发展改革委", "临颍县发展和改革委员会", CountyDepartment, "临颍县", "", "主任"),
    (
        "临颍县科技和工业信息化局",
        "临颍县科技和工业信息化局",
        CountyDepartment,
        "临颍县",
        "",
        "局长",
    ),
    ("临颍县住房城乡建设局", "临颍县住房和城乡建设局", CountyDepartment, "临颍县", "", "局长"),
    ("临颍县杜曲镇", "临颍县杜曲镇人民政府", Township, "临颍县", "", "镇长"),
    ("临颍县王岗镇", "临颍县王岗镇人民政府", Township, "临颍县", "", "镇长"),
    ("临颍县台陈镇", "临颍县台陈镇人民政府", Township, "临颍县", "", "镇长"),
    ("临颍县瓦店镇", "临颍县瓦店镇人民政府", Township, "临颍县", "", "镇长"),
    ("舞阳县发展改革委", "舞阳县发展和改革委员会", CountyDepartment, "舞阳县", "", "主任"),
    ("舞阳县农业农村局", "舞阳县农业农村局", CountyDepartment, "舞阳县", "", "局长"),
    ("舞阳县水利局", "舞阳县水利局", CountyDepartment, "舞阳县", "", "局长"),
    ("舞阳县舞泉镇", "舞阳县舞泉镇人民政府", Township, "舞阳县", "", "镇长"),
    ("舞阳县北舞渡镇", "舞阳县北舞渡镇人民政府", Township, "舞阳县", "", "镇长"),
    ("舞阳县莲花镇", "舞阳县莲花镇人民政府", Township, "舞阳县", "", "镇长"),
    ("舞阳县孟寨镇", "舞阳县孟寨镇人民政府", Township, "舞阳县", "", "镇长"),
];

/// Posts beside the head and the liaison that every handling unit has: role, unit, title, line.
pub(super) const POSTS: [(Role, &str, &str, &str); 20] = [
    (Role::Leader, CITY, "市委书记", ""),
    (Role::Leader, CITY, "市长", ""),
    (Role::Leader, CITY, "常务副市长", "项目建设"),
    (Role::Leader, CITY, "副市长（分管招商引资）", "招商引资"),
    (Role::Leader, CITY, "副市长（分管工业）", "服务企业"),
    (Role::Leader, CITY, "副市长（分管城建）", "城建交通"),
    (Role::Secretary, CITY, "市长秘书", ""),
    (Role::Inspector, CITY, "审计组检查员", ""),
    (Role::Chief, BUREAU, "局长", ""),
    (Role::Officer, BUREAU, "督查一科科长", ""),
    (Role::Officer, BUREAU, "督查二科科长", ""),
    (Role::Officer, BUREAU, "督查三科科长", ""),
    (Role::Officer, BUREAU, "督查四科科长", ""),
    (Role::Department, "市投资促进局", "项目促进科科长", "招商引资"),
    (Role::Department, "市发展改革委", "重点项目科科长", "项目建设"),
    (Role::Department, "市工业和信息化局", "企业服务科科长", "服务企业"),
    (Role::Department, "市住房城乡建设局", "城建科科长", "城建交通"),
    (Role::SystemAdmin, "市行政审批和政务信息管理局", "系统管理员", ""),
    (Role::SecurityAdmin, "市政府办公室", "安全管理员", ""),
    (Role::AuditAdmin, "市政府办公室", "审计管理员", ""),
];

/// Deputies beside the head of a unit: unit, title.
pub(super) const DEPUTIES: [(&str, &str); 1] = [("市住房城乡建设局", "分管副局长")];

/// Lines of work: name, title of the leader, department that verifies first.
pub(super) const LINES: [(&str, &str, &str); 4] = [
    ("招商引资", "副市长（分管招商引资）", "市投资促进局"),
    ("项目建设", "常务副市长", "市发展改革委"),
    ("服务企业", "副市长（分管工业）", "市工业和信息化局"),
    ("城建交通", "副市长（分管城建）", "市住房城乡建设局"),
];

/// Series of sittings: kind, name, title of who leads it.
pub(super) const SERIES: [(SeriesKind, &str, &str); 6] = [
    (SeriesKind::Assign, "周交办会", "市长"),
    (SeriesKind::Review, "月讲评会", "市委书记"),
    (SeriesKind::Weekly, "招商引资周例会", "副市长（分管招商引资）"),
    (SeriesKind::Weekly, "项目建设周例会", "常务副市长"),
    (SeriesKind::Weekly, "服务企业周例会", "副市长（分管工业）"),
    (SeriesKind::Weekly, "城建交通周例会", "副市长（分管城建）"),
];

/// What posts look after (the bureau's officers) or are limited to (the inspector): unit of the
/// post, title, units, lines.
pub(super) type WatchLine =
    (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

/// 联系片区, and the limits of the inspection.
pub(super) const WATCHES: [WatchLine; 5] = [
    (BUREAU, "督查一科科长", &["临颍县"], &["招商引资"]),
    (BUREAU, "督查二科科长", &["舞阳县", "源汇区", "郾城区", "召陵区"], &["项目建设"]),
    (BUREAU, "督查三科科长", &["经开区", "西城区", "示范区"], &["服务企业"]),
    (BUREAU, "督查四科科长", &["市金融工作局", "市城市管理局", "市应急管理局"], &["城建交通"]),
    (CITY, "审计组检查员", &["市金融工作局"], &["服务企业"]),
];
