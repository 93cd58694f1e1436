//! Dots to a PNG file.

use super::PlotError;

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
