//! A small writer of PDFs: text at places on pages, in Helvetica, and whatever objects a test wants beside.

/// Text, and where it stands.
#[derive(Clone)]
pub struct Put {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub text: String,
}

pub fn put(x: f32, y: f32, size: f32, text: &str) -> Put {
    Put { x, y, size, text: text.to_owned() }
}

/// Lines of about `width` characters.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Paragraphs of 10 points from a height down, and how far down they went.
pub fn column(x: f32, mut y: f32, width: usize, paragraphs: &[&str]) -> (Vec<Put>, f32) {
    let mut puts = vec![];
    for paragraph in paragraphs {
        for line in wrapped(paragraph, width) {
            puts.push(put(x, y, 10.0, &line));
            y -= 12.0;
        }
        y -= 12.0;
    }
    (puts, y)
}

/// A string as a PDF has it, in Windows-1252.
fn string(text: &str) -> String {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let sign = |byte: &u8| match byte {
        b'(' | b')' | b'\\' => format!("\\{}", char::from(*byte)),
        0x20..=0x7e => char::from(*byte).to_string(),
        _ => format!("\\{byte:03o}"),
    };
    format!("({})", bytes.iter().map(sign).collect::<String>())
}

/// What a page with these texts draws.
pub fn content(puts: &[Put]) -> String {
    let one =
        |p: &Put| format!("BT /F1 {} Tf 1 0 0 1 {} {} Tm {} Tj ET\n", p.size, p.x, p.y, string(&p.text));
    puts.iter().map(one).collect()
}

/// A file of objects; the first is the catalog, and the last may say a title.
pub fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = vec![];
    for (object, n) in objects.iter().zip(1..) {
        places.push(bytes.len());
        bytes.extend(format!("{n} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end = format!(
        "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.extend(end.bytes());
    bytes
}

pub fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// Packed as most programs do.
pub fn packed(dict: &str, data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::default());
    packer.write_all(data).unwrap();
    stream(&format!("{dict} /Filter /FlateDecode"), &packer.finish().unwrap())
}

/// The objects of a file whose pages draw these; three come before the pages, each of which is two.
pub fn objects(contents: &[String]) -> Vec<Vec<u8>> {
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (content, n) in contents.iter().zip(0..) {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * n
        );
        objects.extend([page.into_bytes(), packed("", content.as_bytes())]);
    }
    objects
}

/// A file with these pages.
pub fn pdf(pages: &[Vec<Put>]) -> Vec<u8> {
    let contents: Vec<String> = pages.iter().map(|puts| content(puts)).collect();
    file(&objects(&contents), "")
}
