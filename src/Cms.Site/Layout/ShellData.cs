using System.Security.Cryptography;
using System.Text;

namespace Cms.Site.Layout;

/// <summary>What every page shows: the sections and the panel.</summary>
public sealed record ShellData(Nodes<ShellSection> Categories, Nodes<MemberData> Personas)
{
    /// <summary>What is shown while the API cannot be reached and nothing is known.</summary>
    public static ShellData Empty { get; } = new(new([]), new([]));

    /// <summary>Returns a member of the panel; null if the panel has none with this slug.</summary>
    public MemberData? Member(string slug) => Personas.Items.FirstOrDefault(member => member.Slug == slug);
}

/// <summary>A section in the masthead, with the colour that editors gave it.</summary>
public sealed record ShellSection(string Slug, string Name, string? Colour);

/// <summary>A section of the publication: a category.</summary>
public sealed record SectionData(string Slug, string Name);

/// <summary>A member of the panel.</summary>
public sealed record MemberData(
    string Slug,
    string Name,
    string Lens,
    string? AccentColour,
    bool IsActive,
    PictureData? Avatar
);

/// <summary>An image by its URL.</summary>
public sealed record PictureData(string Url);

/// <summary>A list without its page information.</summary>
public sealed record Nodes<T>(
    [property: System.Text.Json.Serialization.JsonPropertyName("nodes")] IReadOnlyList<T> Items
);

/// <summary>The signed-in viewer; null if the session has ended.</summary>
public sealed record ViewerData(ViewerSubject? Viewer);

/// <summary>Who a viewer is.</summary>
public sealed record ViewerSubject(string Subject)
{
    private const int KeyLength = 16;

    /// <summary>Tells accounts apart in a browser, without saying whose they are.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Subject)))[..KeyLength];
}
