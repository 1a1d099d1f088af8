using System.Globalization;
using System.Text;
using NetVips;

namespace Cms.Benchmarks;

/// <summary>
/// Draws the same images for the sample newsroom on each run: <c>-- sample-images samples/newsroom/images</c>.
/// A handwritten Markdown file next to each image contains its description and credit.
/// </summary>
internal static class SampleImages
{
    private const int Quality = 72;

    // The colours of each palette: paper, ink and two accents.
    private static readonly string[][] Palettes =
    [
        ["#f4efe6", "#1f2a37", "#d9572b", "#f2b84b"],
        ["#e8f0f2", "#12343b", "#2d8f85", "#e07a5f"],
        ["#f3eefa", "#2b2145", "#7a5ae0", "#f08a5d"],
        ["#10202b", "#e9eef0", "#3fb7a5", "#f6c85f"],
        ["#fbf3ee", "#3a1f1d", "#c2352f", "#4a7c9d"],
        ["#1d1a2f", "#efeafc", "#f2545b", "#8fd3fe"],
        ["#eef3e6", "#22331f", "#5a8f29", "#e2a72e"],
    ];

    // The story, its motif, the palette and the file format.
    private static readonly (string Name, Motif Motif, int Palette, string Format)[] Drawings =
    [
        ("a-bot-is-not-a-second-person", Motif.Pair, 2, "webp"),
        ("a-bus-company-distrusts-its-clocks", Motif.Dials, 3, "webp"),
        ("eight-days-with-lanterndb-2", Motif.Days, 0, "webp"),
        ("gristmill-risc-v-runners", Motif.Wheels, 6, "webp"),
        ("hospital-attestation-log-clause", Motif.Pages, 1, "webp"),
        ("hourly-carbon-claims-draft-rule", Motif.Hours, 6, "webp"),
        ("interview-maren-tusk-revocation", Motif.Keys, 5, "webp"),
        ("kestrel-9-knows-when-it-is-lost", Motif.Paths, 1, "webp"),
        ("leaked-secrets-half-life", Motif.Decay, 4, "jpg"),
        ("loss-bits-vote-transport-forum", Motif.Votes, 2, "webp"),
        ("marrow-speech-without-a-signal", Motif.Wave, 3, "webp"),
        ("moving-a-paragraph-is-hard", Motif.Blocks, 0, "png"),
        ("nineteen-hours-of-the-wrong-binary", Motif.Bits, 5, "webp"),
        ("oxbow-one-and-a-half-people", Motif.River, 1, "jpg"),
        ("parapet-revocation-lag-postmortem", Motif.Wall, 4, "webp"),
        ("quillon-fixture-prompt-injection", Motif.Strings, 2, "webp"),
        ("quillon-two-reviewers-field-trial", Motif.Scatter, 0, "webp"),
        ("rattan-comes-home-to-wickerwork", Motif.Branches, 6, "webp"),
        ("sablefish-ferry-satellite-benchmark", Motif.Sea, 3, "jpg"),
        ("sablefish-padding-amplification-advisory", Motif.Fan, 4, "png"),
        ("tessellate-votes-down-a-licence", Motif.Tiles, 2, "png"),
        ("the-disk-said-yes", Motif.Storm, 5, "webp"),
        ("the-disk-said-yes-writes", Motif.Bits, 0, "png"),
        ("the-inference-bill-in-the-freezer", Motif.Racks, 3, "webp"),
        ("tidewheel-eight-week-randomised-study", Motif.Wind, 1, "webp"),
        ("tidewheel-hours", Motif.Hours, 1, "webp"),
        ("umbra-attestation-cache-rollback", Motif.Eclipse, 5, "webp"),
        ("wickerwork-1-0-promise", Motif.Weave, 6, "webp"),
    ];

    private static readonly (string Name, string Colour, Motif Motif)[] Portraits =
    [
        ("the-builder", "#C2540A", Motif.Blocks),
        ("the-futurist", "#7A5AE0", Motif.Eclipse),
        ("the-operator", "#0B8177", Motif.Dials),
        ("the-skeptic", "#D62F58", Motif.Scatter),
    ];

    private static readonly string[] Logos =
    [
        "gristmill",
        "kestrel-9",
        "lantern-db",
        "marrow",
        "oxbow",
        "parapet",
        "quillon",
        "sablefish",
        "tessellate",
        "tidewheel",
        "umbra",
        "wickerwork",
    ];

    private enum Motif
    {
        Pair,
        Dials,
        Days,
        Wheels,
        Pages,
        Hours,
        Keys,
        Paths,
        Decay,
        Votes,
        Wave,
        Blocks,
        Bits,
        River,
        Wall,
        Strings,
        Scatter,
        Branches,
        Sea,
        Fan,
        Tiles,
        Storm,
        Racks,
        Wind,
        Eclipse,
        Weave,
    }

    public static int Run(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, motif, palette, format) in Drawings)
        {
            Write(Svg(1600, 900, Palettes[palette], pen => Draw(pen, motif)), Path.Combine(folder, $"{name}.{format}"));
        }

        foreach (var (name, colour, motif) in Portraits)
        {
            Write(
                Svg(640, 640, [colour, "#fff8f0", "#ffd9a8", "#1f1a24"], pen => Draw(pen, motif)),
                Path.Combine(folder, $"{name}.webp")
            );
        }

        foreach (var (i, name) in Logos.Index())
        {
            Write(
                Svg(256, 256, Palettes[i % Palettes.Length], pen => Logo(pen, i)),
                Path.Combine(folder, $"{name}.png")
            );
        }

        return 0;
    }

    private static void Write(string svg, string file)
    {
        using var drawn = Image.SvgloadBuffer(Encoding.UTF8.GetBytes(svg));
        using var flat = drawn.HasAlpha() ? drawn.Flatten() : drawn.Copy();
        switch (Path.GetExtension(file))
        {
            case ".webp":
                flat.Webpsave(file, q: Quality, effort: 6, keep: Enums.ForeignKeep.None);
                break;
            case ".jpg":
                flat.Jpegsave(file, q: Quality, optimizeCoding: true, keep: Enums.ForeignKeep.None);
                break;
            default:
                flat.Pngsave(file, compression: 9, palette: true, keep: Enums.ForeignKeep.None);
                break;
        }
    }

    private static string Svg(int width, int height, string[] colours, Action<Pen> draw)
    {
        var pen = new Pen(width, height, colours);
        draw(pen);
        return $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="{colours[0]}"/>{pen}</svg>""";
    }

    private static void Draw(Pen pen, Motif motif)
    {
        var (w, h, random) = (pen.Width, pen.Height, new Random((int)motif + 7));
        double Between(double from, double to) => from + (random.NextDouble() * (to - from));
        switch (motif)
        {
            case Motif.Pair:
                pen.Circle(w * 0.38, h * 0.5, h * 0.3, 2).Circle(w * 0.38, h * 0.5, h * 0.14, 0);
                pen.Box(w * 0.54, h * 0.22, h * 0.56, h * 0.56, 1, 0.08)
                    .Box(w * 0.6, h * 0.36, h * 0.28, h * 0.28, 3, 0.1);
                break;
            case Motif.Dials:
                for (var i = 0; i < 5; i++)
                {
                    var (x, y, r) = (w * (0.14 + (0.18 * i)), h * (0.5 + (i % 2 == 0 ? -0.12 : 0.14)), h * 0.19);
                    pen.Circle(x, y, r, 1).Circle(x, y, r * 0.86, 0);
                    pen.Ray(x, y, r * 0.7, i * 0.41, 2, 0.02).Ray(x, y, r * 0.45, 1.9 + (i * 1.3), 3, 0.03);
                }

                break;
            case Motif.Days:
                for (var i = 0; i < 8; i++)
                {
                    pen.Box(
                        w * (0.08 + (0.107 * i)),
                        h * (0.75 - (0.06 * ((i * 5) % 8))),
                        w * 0.085,
                        h * 0.5,
                        i == 5 ? 2 : 1,
                        0.02
                    );
                    pen.Circle(w * (0.1225 + (0.107 * i)), h * 0.16, h * (0.02 + (0.006 * i)), 3);
                }

                break;
            case Motif.Wheels:
                foreach (var (x, y, r) in new[] { (0.3, 0.52, 0.34), (0.62, 0.38, 0.24), (0.8, 0.68, 0.18) })
                {
                    for (var i = 0; i < 16; i++)
                    {
                        pen.Ray(w * x, h * y, h * r * 1.1, i * Math.Tau / 16, 1, 0.05);
                    }

                    pen.Circle(w * x, h * y, h * r * 0.92, 1).Circle(w * x, h * y, h * r * 0.7, 0);
                    pen.Circle(w * x, h * y, h * r * 0.32, x < 0.5 ? 2 : 3);
                }

                break;
            case Motif.Pages:
                for (var i = 0; i < 6; i++)
                {
                    pen.Box(
                        w * (0.16 + (0.1 * i)),
                        h * (0.14 + (0.035 * i)),
                        w * 0.26,
                        h * 0.62,
                        i % 2 == 0 ? 1 : 2,
                        0.01
                    );
                    pen.Box(w * (0.165 + (0.1 * i)), h * (0.15 + (0.035 * i)), w * 0.25, h * 0.6, 0, 0.01);
                }

                for (var i = 0; i < 9; i++)
                {
                    pen.Box(
                        w * 0.7,
                        h * (0.4 + (0.05 * i)),
                        w * (i % 3 == 2 ? 0.1 : 0.18),
                        h * 0.014,
                        i == 4 ? 3 : 1,
                        0
                    );
                }

                break;
            case Motif.Hours:
                for (var i = 0; i < 24; i++)
                {
                    var up = 0.16 + (0.5 * Math.Pow(Math.Sin(Math.PI * i / 23), 2));
                    pen.Box(
                        w * (0.06 + (0.0375 * i)),
                        h * (0.86 - up),
                        w * 0.026,
                        h * up,
                        i is > 8 and < 16 ? 3 : 2,
                        0.012
                    );
                }

                pen.Circle(w * 0.5, h * 0.86, h * 0.008, 1).Box(w * 0.05, h * 0.88, w * 0.9, h * 0.01, 1, 0);
                break;
            case Motif.Keys:
                for (var i = 0; i < 7; i++)
                {
                    var y = h * (0.14 + (0.12 * i));
                    var x = w * (0.12 + (0.05 * ((i * 3) % 7)));
                    pen.Circle(x, y, h * 0.05, i == 3 ? 2 : 1).Circle(x, y, h * 0.025, 0);
                    pen.Box(x + (h * 0.045), y - (h * 0.011), w * 0.46, h * 0.022, i == 3 ? 2 : 1, 0);
                    pen.Box(x + (w * 0.42), y, w * 0.02, h * 0.05, i == 3 ? 2 : 1, 0)
                        .Box(x + (w * 0.46), y, w * 0.02, h * 0.04, i == 3 ? 2 : 1, 0);
                }

                break;
            case Motif.Paths:
                for (var i = 0; i < 9; i++)
                {
                    pen.Curve(
                        w * 0.04,
                        h * 0.5,
                        w * 0.45,
                        h * (0.1 + (0.1 * i)),
                        w * 0.96,
                        h * (0.08 + (0.105 * i)),
                        i == 6 ? 2 : 1,
                        i == 6 ? 0.014 : 0.005
                    );
                }

                pen.Circle(w * 0.04, h * 0.5, h * 0.05, 3).Circle(w * 0.96, h * 0.71, h * 0.04, 2);
                break;
            case Motif.Decay:
                for (var i = 0; i < 40; i++)
                {
                    var up = 0.74 * Math.Exp(-i / 11.0);
                    pen.Box(w * (0.06 + (0.0225 * i)), h * (0.88 - up), w * 0.016, h * up, i < 8 ? 2 : 3, 0.006);
                }

                pen.Box(w * 0.05, h * 0.885, w * 0.9, h * 0.008, 1, 0);
                break;
            case Motif.Votes:
                for (var i = 0; i < 55; i++)
                {
                    pen.Circle(
                        w * (0.13 + (0.074 * (i % 11))),
                        h * (0.2 + (0.15 * (i / 11))),
                        h * 0.05,
                        i < 31 ? 2 : 3
                    );
                }

                break;
            case Motif.Wave:
                for (var i = 0; i < 61; i++)
                {
                    var up = Math.Abs(Math.Sin(i * 0.53) * Math.Sin(i * 0.11)) * 0.7;
                    pen.Box(
                        w * (0.05 + (0.015 * i)),
                        h * (0.5 - (up / 2)),
                        w * 0.008,
                        h * (up + 0.012),
                        i is > 24 and < 36 ? 3 : 2,
                        0.004
                    );
                }

                break;
            case Motif.Blocks:
                pen.Box(w * 0.2, h * 0.6, w * 0.6, h * 0.2, 1, 0.02).Box(w * 0.2, h * 0.36, w * 0.38, h * 0.2, 2, 0.02);
                pen.Box(w * 0.62, h * 0.36, w * 0.18, h * 0.2, 1, 0.02)
                    .Box(w * 0.4, h * 0.12, w * 0.4, h * 0.2, 3, 0.02);
                break;
            case Motif.Bits:
                for (var i = 0; i < 160; i++)
                {
                    pen.Box(
                        w * (0.06 + (0.045 * (i % 20))),
                        h * (0.1 + (0.1 * (i / 20))),
                        w * 0.03,
                        h * 0.06,
                        random.Next(19) == 0 ? 2
                            : random.Next(5) == 0 ? 3
                            : 1,
                        random.Next(2) * 0.03
                    );
                }

                break;
            case Motif.River:
                for (var i = 0; i < 7; i++)
                {
                    pen.Curve(
                        0,
                        h * (0.2 + (0.1 * i)),
                        w * 0.4,
                        h * (1.1 - (0.09 * i)),
                        w,
                        h * (0.1 + (0.13 * i)),
                        i == 3 ? 3 : 2,
                        0.02 + (0.004 * i)
                    );
                }

                pen.Circle(w * 0.72, h * 0.3, h * 0.09, 1).Circle(w * 0.8, h * 0.34, h * 0.05, 1);
                break;
            case Motif.Wall:
                for (var i = 0; i < 48; i++)
                {
                    var row = i / 8;
                    pen.Box(
                        w * ((0.125 * (i % 8)) - (row % 2 * 0.06)),
                        h * (0.36 + (0.11 * row)),
                        w * 0.115,
                        h * 0.095,
                        i == 19 ? 2 : 1,
                        0.006
                    );
                }

                for (var i = 0; i < 5; i++)
                {
                    pen.Box(w * (0.02 + (0.21 * i)), h * 0.22, w * 0.11, h * 0.12, i == 2 ? 3 : 1, 0.006);
                }

                break;
            case Motif.Strings:
                for (var i = 0; i < 12; i++)
                {
                    pen.Box(
                        w * 0.08,
                        h * (0.12 + (0.065 * i)),
                        w * Between(0.2, 0.8),
                        h * 0.028,
                        i == 7 ? 2 : 1,
                        0.014
                    );
                    pen.Box(w * 0.9, h * (0.12 + (0.065 * i)), w * 0.02, h * 0.028, 3, 0.014);
                }

                break;
            case Motif.Scatter:
                for (var i = 0; i < 90; i++)
                {
                    var x = Between(0.08, 0.92);
                    pen.Circle(
                        w * x,
                        h * Math.Clamp(0.84 - (0.62 * x) + Between(-0.16, 0.16), 0.06, 0.94),
                        h * 0.014,
                        i % 9 == 0 ? 2 : 1
                    );
                }

                pen.Curve(w * 0.06, h * 0.82, w * 0.5, h * 0.52, w * 0.94, h * 0.24, 3, 0.012);
                break;
            case Motif.Branches:
                pen.Curve(w * 0.05, h * 0.6, w * 0.5, h * 0.6, w * 0.95, h * 0.6, 1, 0.03);
                pen.Curve(w * 0.22, h * 0.6, w * 0.5, h * -0.08, w * 0.78, h * 0.6, 2, 0.03);
                for (var i = 0; i < 10; i++)
                {
                    pen.Circle(w * (0.08 + (0.093 * i)), h * 0.6, h * 0.03, i is > 1 and < 8 ? 1 : 3);
                }

                pen.Circle(w * 0.5, h * 0.26, h * 0.05, 2);
                break;
            case Motif.Sea:
                pen.Circle(w * 0.76, h * 0.24, h * 0.11, 3);
                for (var i = 0; i < 6; i++)
                {
                    pen.Curve(
                        0,
                        h * (0.55 + (0.08 * i)),
                        w * 0.5,
                        h * (0.45 + (0.1 * i) + (i % 2 * 0.14)),
                        w,
                        h * (0.55 + (0.08 * i)),
                        i % 2 == 0 ? 2 : 1,
                        0.03
                    );
                }

                pen.Box(w * 0.3, h * 0.43, w * 0.2, h * 0.07, 1, 0.03)
                    .Box(w * 0.36, h * 0.35, w * 0.09, h * 0.08, 1, 0.01);
                break;
            case Motif.Fan:
                for (var i = 0; i < 21; i++)
                {
                    pen.Ray(w * 0.12, h * 0.5, w * 0.8, -0.5 + (0.05 * i), i % 4 == 0 ? 2 : 1, 0.006);
                }

                pen.Circle(w * 0.12, h * 0.5, h * 0.07, 3);
                break;
            case Motif.Tiles:
                for (var i = 0; i < 45; i++)
                {
                    var (x, y, s) = (w * 0.111 * (i % 9), h * 0.2 * (i / 9), h * 0.2);
                    pen.Path(
                        $"M{x:0} {y:0}L{x + s:0} {y:0}L{(i % 2 == 0 ? x : x + s):0} {y + s:0}Z",
                        (i * 7) % 5 == 0 ? 2
                            : (i * 3) % 7 == 0 ? 3
                            : 1
                    );
                }

                break;
            case Motif.Storm:
                pen.Circle(w * 0.36, h * 0.3, h * 0.16, 1)
                    .Circle(w * 0.5, h * 0.24, h * 0.2, 1)
                    .Circle(w * 0.64, h * 0.31, h * 0.15, 1);
                pen.Box(w * 0.33, h * 0.3, w * 0.34, h * 0.16, 1, 0.08);
                pen.Path(
                    $"M{w * 0.52:0} {h * 0.46:0}L{w * 0.44:0} {h * 0.68:0}L{w * 0.5:0} {h * 0.68:0}L{w * 0.46:0} {h * 0.92:0}L{w * 0.58:0} {h * 0.6:0}L{w * 0.52:0} {h * 0.6:0}Z",
                    2
                );
                for (var i = 0; i < 22; i++)
                {
                    pen.Ray(w * Between(0.1, 0.9), h * Between(0.52, 0.86), h * 0.07, 1.9, 3, 0.006);
                }

                break;
            case Motif.Racks:
                for (var i = 0; i < 40; i++)
                {
                    var (x, y) = (w * (0.1 + (0.2 * (i % 4))), h * (0.1 + (0.082 * (i / 4))));
                    pen.Box(x, y, w * 0.18, h * 0.06, 1, 0.008)
                        .Circle(x + (w * 0.165), y + (h * 0.03), h * 0.012, i % 11 == 3 ? 3 : 2);
                }

                break;
            case Motif.Wind:
                for (var i = 0; i < 4; i++)
                {
                    var (x, y, r) = (w * (0.16 + (0.23 * i)), h * (0.34 + (0.05 * (i % 2))), h * 0.24);
                    pen.Box(x - (w * 0.004), y, w * 0.008, h * 0.6, 1, 0);
                    for (var blade = 0; blade < 3; blade++)
                    {
                        pen.Ray(x, y, r, (blade * Math.Tau / 3) + (i * 0.5), i == 2 ? 3 : 2, 0.024);
                    }

                    pen.Circle(x, y, h * 0.026, 1);
                }

                break;
            case Motif.Eclipse:
                for (var i = 6; i > 0; i--)
                {
                    pen.Ring(w * 0.5, h * 0.5, h * (0.2 + (0.045 * i)), i % 2 == 0 ? 1 : 3, 0.006);
                }

                pen.Circle(w * 0.5, h * 0.5, h * 0.22, 2).Circle(w * 0.5 + (h * 0.08), h * 0.46, h * 0.2, 0);
                break;
            default:
                for (var i = 0; i < 10; i++)
                {
                    pen.Box(0, h * (0.03 + (0.1 * i)), w, h * 0.05, i % 3 == 0 ? 2 : 1, 0);
                }

                for (var i = 0; i < 16; i++)
                {
                    for (var row = i % 2; row < 10; row += 2)
                    {
                        pen.Box(w * (0.015 + (0.0625 * i)), h * (0.02 + (0.1 * row)), w * 0.034, h * 0.07, 3, 0.004);
                    }
                }

                break;
        }
    }

    private static void Logo(Pen pen, int number)
    {
        const double Centre = 128;
        pen.Box(12, 12, 232, 232, 1, 0.2);
        switch (number % 6)
        {
            case 0:
                pen.Ring(Centre, Centre, 66, 2, 0.11).Circle(Centre, Centre, 26, 3);
                break;
            case 1:
                pen.Path($"M60 186L128 52L196 186L128 150Z", 2).Circle(Centre, 104, 14, 3);
                break;
            case 2:
                pen.Box(74, 64, 108, 128, 2, 0.1)
                    .Box(96, 92, 64, 14, 0, 0.02)
                    .Box(96, 122, 64, 14, 0, 0.02)
                    .Box(96, 152, 64, 14, 3, 0.02);
                break;
            case 3:
                pen.Curve(56, 160, 128, 10, 200, 160, 2, 0.09).Curve(56, 190, 128, 90, 200, 190, 3, 0.06);
                break;
            case 4:
                pen.Box(60, 60, 62, 62, 2, 0.06)
                    .Box(134, 60, 62, 62, 3, 0.06)
                    .Box(60, 134, 62, 62, 3, 0.06)
                    .Box(134, 134, 62, 62, 2, 0.06);
                break;
            default:
                for (var i = 0; i < 6; i++)
                {
                    pen.Ray(Centre, Centre, 78, i * Math.Tau / 6, i % 2 == 0 ? 2 : 3, 0.09);
                }

                pen.Circle(Centre, Centre, 22, 0);
                break;
        }
    }

    /// <summary>Collects shapes. Corner radii and line widths are fractions of the height.</summary>
    private sealed class Pen(int width, int height, string[] colours)
    {
        private readonly StringBuilder _shapes = new();

        public int Width => width;

        public int Height => height;

        public Pen Box(double x, double y, double w, double h, int colour, double corner) =>
            Add(
                $"""<rect x="{x:0.#}" y="{y:0.#}" width="{w:0.#}" height="{h:0.#}" rx="{corner * height:0.#}" fill="{colours[colour]}"/>"""
            );

        public Pen Circle(double x, double y, double r, int colour) =>
            Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{r:0.#}" fill="{colours[colour]}"/>""");

        public Pen Ring(double x, double y, double r, int colour, double line) =>
            Add(
                $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{r:0.#}" fill="none" stroke="{colours[colour]}" stroke-width="{line * height:0.#}"/>"""
            );

        public Pen Ray(double x, double y, double length, double angle, int colour, double line) =>
            Add(
                $"""<path d="M{x:0.#} {y:0.#}L{x + (Math.Cos(angle) * length):0.#} {y + (Math.Sin(angle) * length):0.#}" stroke="{colours[colour]}" stroke-width="{line * height:0.#}" stroke-linecap="round"/>"""
            );

        public Pen Curve(
            double x,
            double y,
            double viaX,
            double viaY,
            double toX,
            double toY,
            int colour,
            double line
        ) =>
            Add(
                $"""<path d="M{x:0.#} {y:0.#}Q{viaX:0.#} {viaY:0.#} {toX:0.#} {toY:0.#}" fill="none" stroke="{colours[colour]}" stroke-width="{line * height:0.#}" stroke-linecap="round"/>"""
            );

        public Pen Path(FormattableString path, int colour) =>
            Add($"""<path d="{path.ToString(CultureInfo.InvariantCulture)}" fill="{colours[colour]}"/>""");

        public override string ToString() => _shapes.ToString();

        private Pen Add(FormattableString shape)
        {
            _shapes.Append(shape.ToString(CultureInfo.InvariantCulture));
            return this;
        }
    }
}
