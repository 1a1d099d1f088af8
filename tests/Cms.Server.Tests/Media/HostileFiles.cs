namespace Cms.Server.Tests.Media;

/// <summary>Malicious files, each with the expected response.</summary>
internal static class HostileFiles
{
    public static IReadOnlyList<(string What, byte[] File, string Answer)> All { get; } = Make();

    private static (string, byte[], string)[] Make()
    {
        var whole = Files.Jpeg(seed: 35);
        return
        [
            ("an empty file", [], "422 ImageEmptyError"),
            ("26 MB", new byte[26_000_000], "413 MediaTooLargeError"),
            ("HTML named .jpg", Files.Text("<!doctype html><script>alert(1)</script>"), "422 NotAnImageError"),
            (
                "SVG named .jpg",
                Files.Text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
                "422 NotAnImageError"
            ),
            ("a truncated JPEG", whole[..(whole.Length / 2)], "422 ImageDamagedError"),
            ("a JPEG followed by HTML", [.. whole, .. Files.Text("<script>alert(1)</script>")], "201"),
            ("a PNG whose chunks expand to 2 GB", Files.ChunkBomb(), "201"),
            ("a PNG of 30,000 by 30,000", Files.Huge(), "422 ImageSideTooLongError"),
            ("an interlaced PNG of 49 million pixels", Files.Interlaced(), "422 ImageTooManyPixelsError"),
            ("a GIF of 10,000 frames", Files.Film(), "422 ImageTooManyPixelsError"),
            ("a JPEG with 5,000 scans", Files.Overdrawn(), "422 ImageDamagedError"),
        ];
    }
}
