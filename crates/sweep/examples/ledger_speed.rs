//! How long a large ledger takes to be checked and taken over, and how long a page waits meanwhile:
//! `cargo run --release -p sweep --example ledger_speed -- 100000`; on SQLite, as tests have it.

#![expect(clippy::print_stdout, reason = "a measurement is printed")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on says so")]

use std::time::{Duration, Instant};

use journal::Engine;
use kernel::Role;
use rust_xlsxwriter::Workbook;
use testkit::{Caller, City, on_engine};

/// Items of one sitting.
const SITTING: u32 = 25;

const HEADER: [&str; 20] = [
    "序号",
    "次别",
    "事项编号",
    "依据",
    "交办事项",
    "工作要求及完成标准",
    "牵头单位",
    "配合单位",
    "交办日期",
    "完成时限",
    "反馈频次",
    "延期至",
    "进展情况",
    "完成量",
    "目标量",
    "存在问题",
    "下步措施",
    "状态",
    "督办单号",
    "备注",
];

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

fn ledger(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let tab = book.add_worksheet_with_low_memory().unwrap();
    for (column, title) in (0..).zip(HEADER) {
        tab.write_string(0, column, title).unwrap();
    }
    for n in 0..rows {
        let (session, item) = (n / SITTING + 1, n % SITTING + 1);
        let cells = [
            (n + 1).to_string(),
            session.to_string(),
            format!("{session}-{item}"),
            "市政府常务会议纪要".to_owned(),
            format!("第{n}项 推进产业园用地报批"),
            "完成组卷上报，取得省厅批复".to_owned(),
            "临颍县".to_owned(),
            "市发展改革委、市金融工作局".to_owned(),
            "2021-10-11".to_owned(),
            "2021-10-29".to_owned(),
            "每周".to_owned(),
            "2021-11-12".to_owned(),
            "已组卷上报省厅，正在审查".to_owned(),
            "3".to_owned(),
            "9亩".to_owned(),
            "指标不足".to_owned(),
            "跟踪批复".to_owned(),
            "办理中".to_owned(),
            String::new(),
            "省定事项".to_owned(),
        ];
        for (column, text) in (0..).zip(cells) {
            tab.write_string(n + 1, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Waits until nothing goes on; answers the longest time in which a page of another person came.
async fn settled(who: &Caller, reader: &Caller, one: &str) -> (Duration, String) {
    let mut longest = Duration::ZERO;
    loop {
        let begun = Instant::now();
        reader.get("/assignments").await;
        longest = longest.max(begun.elapsed());
        let import = who.json_get(one).await.json();
        if import["busy"] == false {
            return (longest, import.to_string().chars().take(300).collect());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn measure(city: City, rows: u32) {
    let (officer, leader) = (city.as_(Role::Officer), city.as_(Role::Leader));
    let file = ("台账.xlsx", ledger(rows));
    let file = files::stage(city.db(), city.id(), officer.held().account, file).await.unwrap();
    let file = file.to_string();
    let begun = Instant::now();
    let sent = officer.post("/assignments/import", &[("file", file.as_str())]).await;
    let one = sent.goes_to();
    settled(&officer, &leader, &one).await;
    println!("{rows} rows read into pages: {:?}", begun.elapsed());
    let form = officer.json_get(&format!("{one}/columns")).await.json();
    let fields = form["fields"].as_array().unwrap();
    let columns = fields.iter().find(|f| f["name"] == "columns").unwrap()["rows"].clone();
    let mut said = vec![("answer".to_owned(), city.series("周交办会").to_string())];
    for (n, row) in columns.as_array().unwrap().iter().enumerate() {
        said.push((format!("columns.{n}.to"), row["to"].as_str().unwrap().to_owned()));
    }
    let said: Vec<_> = said.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let begun = Instant::now();
    officer.post(&format!("{one}/columns"), &said).await;
    let (_, checked) = settled(&officer, &leader, &one).await;
    println!("checked: {:?} {checked}", begun.elapsed());
    let begun = Instant::now();
    officer.post(&format!("{one}/commit"), &[]).await;
    let (longest, _) = settled(&officer, &leader, &one).await;
    println!("taken over: {:?}, a page waited {longest:?} at most", begun.elapsed());
    println!("facts: {}", city.seq().await);
}

fn main() {
    on_engine(Engine::Sqlite, plans, async |city: City| {
        let rows = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
        measure(city, rows).await;
    });
}
