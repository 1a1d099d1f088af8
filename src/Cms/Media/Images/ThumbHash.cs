namespace Cms.Media.Images;

/// <summary>
/// Encodes an image in about 25 bytes: its average colour and the lowest frequencies of its lightness and colours
/// (evanw.github.io/thumbhash, which has a decoder for front ends).
/// </summary>
internal static class ThumbHash
{
    /// <summary>The maximum width and height of the image to encode, in pixels.</summary>
    public const int MaxSide = 100;

    /// <param name="width">The width, in pixels.</param>
    /// <param name="height">The height, in pixels.</param>
    /// <param name="rgba">Four bytes per pixel, without premultiplied alpha.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> rgba)
    {
        var pixels = width * height;
        var (red, green, blue, alpha) = Average(rgba);
        var hasAlpha = alpha < pixels;
        double[] light = new double[pixels],
            yellowBlue = new double[pixels],
            redGreen = new double[pixels],
            opacity = new double[pixels];
        for (var i = 0; i < pixels; i++)
        {
            // Draws the pixel over the average colour, so that transparent parts have no edges.
            var a = rgba[(4 * i) + 3] / 255.0;
            var r = (red * (1 - a)) + (a / 255 * rgba[4 * i]);
            var g = (green * (1 - a)) + (a / 255 * rgba[(4 * i) + 1]);
            var b = (blue * (1 - a)) + (a / 255 * rgba[(4 * i) + 2]);
            light[i] = (r + g + b) / 3;
            yellowBlue[i] = ((r + g) / 2) - b;
            redGreen[i] = r - g;
            opacity[i] = a;
        }

        var most = hasAlpha ? 5 : 7;
        var longest = Math.Max(width, height);
        var across = Math.Max(1, Round((double)most * width / longest));
        var down = Math.Max(1, Round((double)most * height / longest));
        var l = Waves.Of(light, width, height, Math.Max(3, across), Math.Max(3, down));
        var p = Waves.Of(yellowBlue, width, height, 3, 3);
        var q = Waves.Of(redGreen, width, height, 3, 3);
        var o = hasAlpha ? Waves.Of(opacity, width, height, 5, 5) : null;

        var isLandscape = width > height;
        var colours =
            Round(63 * l.Constant)
            | (Round(31.5 + (31.5 * p.Constant)) << 6)
            | (Round(31.5 + (31.5 * q.Constant)) << 12)
            | (Round(31 * l.Scale) << 18)
            | (hasAlpha ? 1 << 23 : 0);
        var scales =
            (isLandscape ? down : across)
            | (Round(63 * p.Scale) << 3)
            | (Round(63 * q.Scale) << 9)
            | (isLandscape ? 1 << 15 : 0);
        List<byte> hash =
        [
            (byte)colours,
            (byte)(colours >> 8),
            (byte)(colours >> 16),
            (byte)scales,
            (byte)(scales >> 8),
        ];
        if (o is not null)
        {
            hash.Add((byte)(Round(15 * o.Constant) | (Round(15 * o.Scale) << 4)));
        }

        // Writes four bits per coefficient, and so two coefficients per byte.
        var isLow = true;
        foreach (var wave in l.Varying.Concat(p.Varying).Concat(q.Varying).Concat(o?.Varying ?? []))
        {
            var bits = Round(15 * wave);
            if (isLow)
            {
                hash.Add((byte)bits);
            }
            else
            {
                hash[^1] |= (byte)(bits << 4);
            }

            isLow = !isLow;
        }

        return [.. hash];
    }

    private static (double Red, double Green, double Blue, double Alpha) Average(ReadOnlySpan<byte> rgba)
    {
        double red = 0,
            green = 0,
            blue = 0,
            alpha = 0;
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var a = rgba[i + 3] / 255.0;
            red += a / 255 * rgba[i];
            green += a / 255 * rgba[i + 1];
            blue += a / 255 * rgba[i + 2];
            alpha += a;
        }

        return alpha > 0 ? (red / alpha, green / alpha, blue / alpha, alpha) : (0, 0, 0, 0);
    }

    // Rounds as JavaScript does, so that hashes match those of the reference implementation.
    private static int Round(double value) => (int)Math.Floor(value + 0.5);

    /// <summary>
    /// A channel as a sum of cosines: the constant term, the other terms scaled to 0–1, and their largest magnitude.
    /// </summary>
    private sealed record Waves(double Constant, IReadOnlyList<double> Varying, double Scale)
    {
        public static Waves Of(double[] channel, int width, int height, int across, int down)
        {
            double constant = 0,
                scale = 0;
            List<double> varying = [];
            var row = new double[width];
            for (var cy = 0; cy < down; cy++)
            {
                for (var cx = 0; cx * down < across * (down - cy); cx++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        row[x] = Math.Cos(Math.PI / width * cx * (x + 0.5));
                    }

                    var sum = 0.0;
                    for (var y = 0; y < height; y++)
                    {
                        var column = Math.Cos(Math.PI / height * cy * (y + 0.5));
                        for (var x = 0; x < width; x++)
                        {
                            sum += channel[x + (y * width)] * row[x] * column;
                        }
                    }

                    sum /= width * height;
                    if (cx == 0 && cy == 0)
                    {
                        constant = sum;
                        continue;
                    }

                    varying.Add(sum);
                    scale = Math.Max(scale, Math.Abs(sum));
                }
            }

            return new Waves(
                constant,
                scale > 0 ? [.. varying.Select(wave => 0.5 + (0.5 / scale * wave))] : varying,
                scale
            );
        }
    }
}
