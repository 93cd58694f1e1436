//! Dots to a PNG file: halves a finely painted picture, which smooths every edge, and packs it.

use super::PlotError;

/// The average of every two-by-two square of dots; three bytes per dot.
pub(super) fn halve(dots: &[u8], width: usize, height: usize) -> Vec<u8> {
    let (columns, rows) = (width / 2, height / 2);
    let mut halved = Vec::with_capacity(columns * rows * 3);
    for row in 0..rows {
        let (upper, lower) = (2 * row * width * 3, (2 * row + 1) * width * 3);
        for column in 0..columns {
            for channel in 0..3 {
                let place = column * 6 + channel;
                let sum: u16 = [upper + place, upper + place + 3, lower + place, lower + place + 3]
                    .iter()
                    .map(|dot| u16::from(dots[*dot]))
                    .sum();
                halved.push(((sum + 2) / 4) as u8);
            }
        }
    }
    halved
}

/// Packs dots (three bytes each) into a PNG file.
///
/// # Errors
/// When the encoder refuses the size.
pub(super) fn encode(dots: &[u8], width: u32, height: u32) -> Result<Vec<u8>, PlotError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_adaptive_filter(png::AdaptiveFilterType::NonAdaptive);
    encoder.set_filter(png::FilterType::Sub);
    // 144 dots per inch: shown large, it is a picture for dense screens
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: 5669, yppu: 5669, unit: png::Unit::Meter }));
    let refused = |error: png::EncodingError| PlotError::Drawing(error.to_string());
    let mut writer = encoder.write_header().map_err(refused)?;
    writer.write_image_data(dots).map_err(refused)?;
    writer.finish().map_err(refused)?;
    Ok(file)
}
