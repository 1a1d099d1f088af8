using Cms.Tools;

namespace Cms.Import;

internal static class ToolFrontMatter
{
    private static readonly string[] Known =
    [
        "type",
        "slug",
        "name",
        "maker",
        "kind",
        "url",
        "summary",
        "logo",
        "tags",
    ];

    public static ToolItem Read(string origin, FrontMatterKeys keys)
    {
        keys.Allow(Known);
        return new ToolItem
        {
            Origin = origin,
            Logo = keys.Text("logo"),
            Fields = new ToolFields
            {
                Slug = keys.Text("slug"),
                Name = keys.Required("name"),
                Maker = keys.Text("maker"),
                Kind = keys.Choice("kind", ToolKind.Product),
                Url = keys.Text("url"),
                Summary = keys.Text("summary"),
            },
            Tags = keys.Texts("tags"),
        };
    }
}
