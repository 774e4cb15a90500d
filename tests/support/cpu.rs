//! Draws egui's meshes on the CPU, so that pictures can be compared where there is no graphics card.
//!
//! Triangles are filled with integer edge functions (24.8 fixed point, top-left rule), the texture is sampled
//! bilinearly, colours are blended in gamma space as egui's own shaders do. Same input, same bytes.
#![allow(dead_code, reason = "each test binary takes what it needs of this file")]
#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "pixels are clipped to the canvas before they are counted, and this is test code"
)]

use std::collections::BTreeMap;

use egui::epaint::{ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, FullOutput, TextureFilter, TextureId, TexturesDelta};

/// One fixed-point unit is a 256th of a pixel.
const UNIT: f32 = 256.0;

type Pixel = [f32; 4];

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
    nearest: bool,
}

/// The renderer; give it to `HarnessBuilder::renderer`.
#[derive(Default)]
pub struct CpuRenderer {
    textures: BTreeMap<u64, Texture>,
}

/// Pixels that triangles are drawn into.
struct Canvas {
    width: i32,
    height: i32,
    pixels: Vec<[u8; 4]>,
}

/// Left, top, right and bottom in pixels; right and bottom are outside.
type Clip = [i32; 4];

impl egui_kittest::TestRenderer for CpuRenderer {
    #[expect(clippy::iter_over_hash_type, reason = "textures do not depend on each other")]
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for image in images {
                self.upload(key(id), &image);
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&key(id));
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as i32, size.y.round() as i32);
        let mut canvas =
            Canvas { width, height, pixels: vec![[0; 4]; width.max(0) as usize * height.max(0) as usize] };
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some(texture) = self.textures.get(&key(mesh.texture_id)) else { continue };
            let whole = |v: f32, most: i32| ((v * scale).round() as i32).clamp(0, most);
            let rect = clipped.clip_rect;
            let clip = [
                whole(rect.min.x, width),
                whole(rect.min.y, height),
                whole(rect.max.x, width),
                whole(rect.max.y, height),
            ];
            canvas.mesh(mesh, texture, scale, clip);
        }
        image::RgbaImage::from_raw(width as u32, height as u32, canvas.pixels.into_iter().flatten().collect())
            .ok_or_else(|| "the picture has no pixels".to_owned())
    }
}

impl CpuRenderer {
    fn upload(&mut self, id: u64, delta: &egui::epaint::ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let nearest = delta.options.magnification == TextureFilter::Nearest;
        match (delta.pos, self.textures.get_mut(&id)) {
            (None, _) => {
                let texture = Texture { size: image.size, pixels: image.pixels.clone(), nearest };
                self.textures.insert(id, texture);
            }
            (Some([left, top]), Some(texture)) => {
                let rows = image.pixels.chunks_exact(image.size[0].max(1));
                for (y, row) in rows.enumerate() {
                    let start = (top + y) * texture.size[0] + left;
                    texture.pixels[start..start + row.len()].copy_from_slice(row);
                }
            }
            (Some(_), None) => {}
        }
    }
}

impl Texture {
    fn at(&self, x: i32, y: i32) -> Pixel {
        let inside = |v: i32, n: usize| v.clamp(0, n as i32 - 1) as usize;
        let (x, y) = (inside(x, self.size[0]), inside(y, self.size[1]));
        self.pixels[y * self.size[0] + x].to_array().map(f32::from)
    }

    fn sample(&self, u: f32, v: f32) -> Pixel {
        let (x, y) = (u * self.size[0] as f32, v * self.size[1] as f32);
        if self.nearest {
            return self.at(x.floor() as i32, y.floor() as i32);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor() as i32, y.floor() as i32);
        let (along, down) = (x - x.floor(), y - y.floor());
        let upper = mixed(self.at(left, top), self.at(left + 1, top), along);
        let lower = mixed(self.at(left, top + 1), self.at(left + 1, top + 1), along);
        mixed(upper, lower, down)
    }
}

impl Canvas {
    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, scale: f32, clip: Clip) {
        for corners in mesh.indices.as_chunks::<3>().0 {
            self.triangle(texture, scale, clip, corners.map(|idx| mesh.vertices[idx as usize]));
        }
    }

    fn triangle(&mut self, texture: &Texture, scale: f32, clip: Clip, mut corners: [Vertex; 3]) {
        let fixed =
            |v: &Vertex| [(v.pos.x * scale * UNIT).round() as i64, (v.pos.y * scale * UNIT).round() as i64];
        if edge(fixed(&corners[0]), fixed(&corners[1]), fixed(&corners[2])) < 0 {
            corners.swap(1, 2);
        }
        let places = corners.each_ref().map(fixed);
        let [a, b, c] = places;
        let area = edge(a, b, c);
        if area == 0 {
            return;
        }
        let least = |axis: usize| places.map(|p| p[axis]).into_iter().min().unwrap_or(0) >> 8;
        let most = |axis: usize| (places.map(|p| p[axis]).into_iter().max().unwrap_or(0) + 255) >> 8;
        let xs = (least(0) as i32).max(clip[0])..(most(0) as i32).min(clip[2]).min(self.width);
        let ys = (least(1) as i32).max(clip[1])..(most(1) as i32).min(clip[3]).min(self.height);
        // A pixel on an edge belongs to the triangle whose top or left edge it is.
        let bias = [own_edge(b, c), own_edge(c, a), own_edge(a, b)];
        let shade = Shade::of(&corners, texture);
        let step = [b[1] - c[1], c[1] - a[1], a[1] - b[1]].map(|dy| dy * 256);
        for y in ys {
            let middle = [i64::from(xs.start) * 256 + 128, i64::from(y) * 256 + 128];
            let mut inside = [edge(b, c, middle), edge(c, a, middle), edge(a, b, middle)];
            for x in xs.clone() {
                if inside[0] + bias[0] >= 0 && inside[1] + bias[1] >= 0 && inside[2] + bias[2] >= 0 {
                    self.blend(x, y, shade.at(inside.map(|e| e as f32 / area as f32)));
                }
                inside = [inside[0] + step[0], inside[1] + step[1], inside[2] + step[2]];
            }
        }
    }

    fn blend(&mut self, x: i32, y: i32, source: Pixel) {
        let under = &mut self.pixels[(y * self.width + x) as usize];
        if source[3] >= 255.0 {
            *under = source.map(|channel| (channel + 0.5) as u8);
            return;
        }
        let keep = 1.0 - source[3] / 255.0;
        for (channel, over) in under.iter_mut().zip(source) {
            *channel = (over + f32::from(*channel) * keep + 0.5).clamp(0.0, 255.0) as u8;
        }
    }
}

/// What a triangle is painted with: worked out once where it is the same all over.
enum Shade<'a> {
    Flat(Pixel),
    Varied { corners: &'a [Vertex; 3], texture: &'a Texture, texel: Option<Pixel> },
}

impl<'a> Shade<'a> {
    fn of(corners: &'a [Vertex; 3], texture: &'a Texture) -> Self {
        let [a, b, c] = corners;
        let texel = (a.uv == b.uv && b.uv == c.uv).then(|| texture.sample(a.uv.x, a.uv.y));
        match texel {
            Some(texel) if a.color == b.color && b.color == c.color => {
                let colour = a.color.to_array().map(f32::from);
                Self::Flat(std::array::from_fn(|i| colour[i] * texel[i] / 255.0))
            }
            _ => Self::Varied { corners, texture, texel },
        }
    }

    fn at(&self, share: [f32; 3]) -> Pixel {
        let (corners, texture, texel) = match self {
            Self::Flat(pixel) => return *pixel,
            Self::Varied { corners, texture, texel } => (corners, texture, texel),
        };
        let texel = texel.unwrap_or_else(|| {
            let u = weighted(share, corners.each_ref().map(|v| v.uv.x));
            let v = weighted(share, corners.each_ref().map(|v| v.uv.y));
            texture.sample(u, v)
        });
        let colours = corners.each_ref().map(|v| v.color.to_array().map(f32::from));
        std::array::from_fn(|i| weighted(share, colours.each_ref().map(|c| c[i])) * texel[i] / 255.0)
    }
}

fn key(id: TextureId) -> u64 {
    match id {
        TextureId::Managed(id) => id * 2,
        TextureId::User(id) => id * 2 + 1,
    }
}

fn edge(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn own_edge(from: [i64; 2], to: [i64; 2]) -> i64 {
    let top = from[1] == to[1] && to[0] > from[0];
    let left = to[1] < from[1];
    if top || left { 0 } else { -1 }
}

fn weighted(share: [f32; 3], values: [f32; 3]) -> f32 {
    share.iter().zip(values).map(|(s, v)| s * v).sum()
}

fn mixed(a: Pixel, b: Pixel, share: f32) -> Pixel {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}
