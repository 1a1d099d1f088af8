using NetVips;

namespace Cms.Media.Images;

/// <summary>Sets up libvips so that it reads only the accepted formats.</summary>
internal static class Libvips
{
    // The loaders that are considered safe, as are their libraries. Those for SVG, PDF and ImageMagick are not.
    private static readonly string[] Loaders =
    [
        "VipsForeignLoadJpeg",
        "VipsForeignLoadPng",
        "VipsForeignLoadWebp",
        "VipsForeignLoadHeif",
        "VipsForeignLoadNsgif",
    ];

    private static readonly Lazy<bool> Prepared = new(Prepare);

    /// <summary>Whether libvips is available. It is set up on first use.</summary>
    public static bool IsPresent => Prepared.Value;

    /// <exception cref="InvalidOperationException">libvips is not available.</exception>
    public static void Require()
    {
        if (!IsPresent)
        {
            throw new InvalidOperationException(
                "libvips could not be loaded. Publish for this platform (dotnet publish -r …), or install libvips 8.15 or newer."
            );
        }
    }

    /// <summary>Returns whether libvips failed because no permitted loader accepts the file.</summary>
    public static bool IsUnsupported(VipsException fault) =>
        fault.Message.Contains("not in a known format", StringComparison.Ordinal);

    private static bool Prepare()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            return false;
        }

        Operation.Block("VipsForeignLoad", state: true);
        foreach (var loader in Loaders)
        {
            Operation.Block(loader, state: false);
        }

        // ImageGate processes one image per processor, so each image gets one thread. The cache is disabled, because
        // the same work is not requested twice in a row.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        return true;
    }
}
