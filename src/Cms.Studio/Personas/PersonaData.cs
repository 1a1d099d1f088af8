using System.Globalization;
using Cms.Studio.Api;
using Cms.Studio.Media;

namespace Cms.Studio.Personas;

/// <summary>A page of the panel.</summary>
public sealed record PersonaListData(PersonaRows Personas);

/// <summary>Some personas, in panel order.</summary>
public sealed record PersonaRows(IReadOnlyList<PersonaRow> Nodes, PageInfo PageInfo);

/// <summary>A persona in the list.</summary>
public sealed record PersonaRow(
    string Id,
    string Name,
    string Lens,
    int Order,
    bool IsActive,
    bool IsAi,
    string? AccentColour,
    Picture? Avatar
);

/// <summary>One persona.</summary>
public sealed record PersonaData(PersonaDesk? Desk);

/// <summary>The persona; null if there is none.</summary>
public sealed record PersonaDesk(PersonaItem? Persona);

/// <summary>A persona with all that staff know about it.</summary>
public sealed record PersonaItem(
    string Id,
    int Version,
    string Name,
    string Slug,
    string Lens,
    string? Bio,
    string? VoiceGuide,
    string? AccentColour,
    string? AvatarId,
    PickedPicture? Avatar,
    int Order,
    bool IsActive,
    bool IsAi,
    int ProfileNumber,
    DateTimeOffset UpdatedAt,
    string UpdatedBy
);

/// <summary>The answer to a new persona.</summary>
public sealed record CreatedPersona(Outcome CreatePersona);

/// <summary>The answer to an edited persona.</summary>
public sealed record EditedPersona(Outcome EditPersona);

/// <summary>A persona, as its form holds it.</summary>
public sealed class PersonaForm
{
    public string? Name { get; set; }

    public string? Slug { get; set; }

    public string? Lens { get; set; }

    public string? Bio { get; set; }

    public string? VoiceGuide { get; set; }

    public string? Colour { get; set; }

    public ImageForm? Avatar { get; set; }

    public string? Order { get; set; }

    public bool IsActive { get; set; }

    public bool IsAi { get; set; }

    public int? Version { get; set; }

    internal static PersonaForm New { get; } = new() { IsActive = true };

    /// <summary>The position on the panel; null if it cannot be read.</summary>
    internal int? Position => Given(Order) is null ? 0 : NumberOf(Order);

    internal static PersonaForm Of(PersonaItem persona) =>
        new()
        {
            Name = persona.Name,
            Slug = persona.Slug,
            Lens = persona.Lens,
            Bio = persona.Bio,
            VoiceGuide = persona.VoiceGuide,
            Colour = persona.AccentColour,
            Avatar = new ImageForm { Chosen = persona.AvatarId },
            Order = persona.Order.ToString(CultureInfo.InvariantCulture),
            IsActive = persona.IsActive,
            IsAi = persona.IsAi,
            Version = persona.Version,
        };

    /// <summary>Returns the input of the mutation.</summary>
    /// <param name="id">The id of the persona; null for a new one.</param>
    internal IReadOnlyDictionary<string, object?> ToInput(string? id)
    {
        Dictionary<string, object?> input = new(StringComparer.Ordinal)
        {
            ["name"] = Name?.Trim() ?? "",
            ["lens"] = Lens?.Trim() ?? "",
            ["bio"] = Given(Bio),
            ["voiceGuide"] = Given(VoiceGuide),
            ["accentColour"] = Given(Colour),
            ["avatar"] = Avatar?.Id,
            ["order"] = Position,
            ["isActive"] = IsActive,
            ["isAi"] = IsAi,
        };
        if (id is null)
        {
            input["slug"] = Given(Slug);
        }
        else
        {
            input["id"] = id;
            input["expectedVersion"] = Version;
        }

        return input;
    }

    /// <summary>Returns what the form holds and what is saved, for the fields in which they differ.</summary>
    internal IEnumerable<Layout.Difference> DifferencesFrom(PersonaItem persona)
    {
        var saved = Of(persona);
        return Layout.Difference.Of(
            ("The name", Name, saved.Name),
            ("The lens", Lens, saved.Lens),
            ("The text about it", Bio, saved.Bio),
            ("The voice guide", VoiceGuide, saved.VoiceGuide),
            ("The accent colour", Colour, saved.Colour),
            ("The picture", Avatar?.Id, saved.Avatar?.Id),
            ("The position", Order, saved.Order),
            Layout.Difference.Box("It writes takes", IsActive, saved.IsActive),
            Layout.Difference.Box("An AI model writes its takes", IsAi, saved.IsAi)
        );
    }
}
