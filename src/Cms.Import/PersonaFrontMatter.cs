using Cms.Panel;

namespace Cms.Import;

/// <summary>Reads a persona from its front matter and the biography below it.</summary>
internal static class PersonaFrontMatter
{
    private static readonly string[] Known =
    [
        "type",
        "slug",
        "name",
        "lens",
        "accent",
        "avatar",
        "order",
        "ai",
        "active",
        "voice",
    ];

    public static PersonaItem Read(string origin, FrontMatterKeys keys, string body)
    {
        keys.Allow(Known);
        return new PersonaItem
        {
            Origin = origin,
            Avatar = keys.Text("avatar"),
            Fields = new PersonaFields
            {
                Slug = keys.Text("slug"),
                Profile = new PersonaProfile
                {
                    Name = keys.Required("name"),
                    Lens = keys.Required("lens"),
                    Bio = PlainText.Of(body),
                    VoiceGuide = keys.Text("voice"),
                },
                AccentColour = keys.Text("accent"),
                Order = keys.Number("order", 0),
                IsAi = keys.Flag("ai", false),
                IsActive = keys.Flag("active", true),
            },
        };
    }
}
