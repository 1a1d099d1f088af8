namespace Cms.Import;

/// <summary>Reads the list of articles of a front.</summary>
internal static class FrontFrontMatter
{
    private static readonly string[] Known = ["type", "category", "articles"];

    public static FrontItem Read(string origin, FrontMatterKeys keys)
    {
        keys.Allow(Known);
        return new FrontItem
        {
            Origin = origin,
            Category = keys.Text("category"),
            Articles = keys.Texts("articles"),
        };
    }
}
