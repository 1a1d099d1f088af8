using NetVips;

namespace Cms.Media.Images;

/// <summary>The image library, set up so that it reads what we take and nothing else.</summary>
internal static class Libvips
{
    // What libvips, and the libraries behind it, were found to read safely; no SVG, no PDF, no ImageMagick.
    private static readonly string[] Loaders =
    [
        "VipsForeignLoadJpeg",
        "VipsForeignLoadPng",
        "VipsForeignLoadWebp",
        "VipsForeignLoadHeif",
        "VipsForeignLoadNsgif",
    ];

    private static readonly Lazy<bool> Prepared = new(Prepare);

    /// <summary>Whether the library is there; it is set up by the first who asks.</summary>
    public static bool IsPresent => Prepared.Value;

    /// <exception cref="InvalidOperationException">The library is not there.</exception>
    public static void Require()
    {
        if (!IsPresent)
        {
            throw new InvalidOperationException(
                "libvips could not be loaded. Publish for this platform (dotnet publish -r …), or install libvips 8.15 or newer."
            );
        }
    }

    /// <summary>Whether it gave up because no loader of those that it may use takes the file.</summary>
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

        // As many images at once as there are processors, each by one thread; none is asked for twice in a row.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        return true;
    }
}
