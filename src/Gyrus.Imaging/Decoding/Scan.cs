namespace Gyrus.Imaging.Decoding;

/// <summary>A decoded image: 8-bit RGB, upright, whatever the file held.</summary>
/// <param name="Width">Pixels across, after the file's EXIF orientation was applied.</param>
/// <param name="Height">Pixels down, after the file's EXIF orientation was applied.</param>
/// <param name="Mode">What the file held: <c>L</c>, <c>LA</c>, <c>RGB</c>, <c>RGBA</c>, <c>P</c> (palette), <c>CMYK</c>,
/// with <c>;16</c> behind it where a sample has 16 bits.</param>
/// <param name="Format">The name of the format found in the content (<see cref="ImageFormats"/>), such as <c>png</c>.</param>
/// <param name="Rgb">[Height, Width, 3], row by row, 0 to 255.</param>
public sealed record Scan(int Width, int Height, string Mode, string Format, byte[] Rgb);
