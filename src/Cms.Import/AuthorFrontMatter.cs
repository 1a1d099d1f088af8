using Cms.Authors;
using Cms.Taxonomy;

namespace Cms.Import;

/// <summary>Reads an author from the front matter and the biography below it.</summary>
internal static class AuthorFrontMatter
{
    private static readonly string[] Known = ["type", "slug", "name", "avatar", "links"];

    public static AuthorItem Read(string origin, FrontMatterKeys keys, string body)
    {
        keys.Allow(Known);
        return new AuthorItem
        {
            Origin = origin,
            Slug = keys.Text("slug"),
            Avatar = keys.Text("avatar"),
            Fields = new TermFields
            {
                Name = keys.Required("name"),
                Bio = PlainText.Of(body),
                Links =
                [
                    .. keys.Maps("links")
                        .Select(link => link.Allow(["label", "url"]))
                        .Select(link => new AuthorLink(link.Required("label"), link.Required("url"))),
                ],
            },
        };
    }
}
