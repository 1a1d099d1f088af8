using Cms.Articles;
using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;

namespace Cms.Panel;

/// <summary>
/// How a persona presents itself. Each change creates a new numbered profile, and a take stores the number of the
/// profile that it was written under.
/// </summary>
public sealed record PersonaProfile
{
    public required string Name { get; init; }

    /// <summary>The persona's perspective on the news, such as ‘Developer Perspective’.</summary>
    public required string Lens { get; init; }

    public string? Bio { get; init; }

    /// <summary>How the persona writes. Visible to staff only.</summary>
    public string? VoiceGuide { get; init; }
}

/// <summary>A member of the panel, who writes takes on articles.</summary>
public sealed class Persona : ISlugged, IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => Profile?.Name;

    /// <summary>The persona's id. It never changes.</summary>
    public required PersonaId Id { get; init; }

    /// <summary>The slug in the persona's URL.</summary>
    public required string Slug { get; init; }

    public PersonaProfile Profile { get; private set; } = null!;

    /// <summary>The number of the persona's current profile. Numbers start at 1.</summary>
    public int ProfileNumber { get; private set; }

    /// <summary>The persona's colour as <c>#rrggbb</c>; null if it has none.</summary>
    public string? AccentColour { get; private set; }

    /// <summary>The id of the persona's picture.</summary>
    public MediaId? AvatarId { get; private set; }

    /// <summary>The persona's position on the panel, lowest first.</summary>
    public int Order { get; private set; }

    /// <summary>Whether the persona still writes takes.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Whether an AI model writes the persona's takes.</summary>
    public bool IsAi { get; private set; }

    /// <summary>When the persona was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last changed the persona.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>Returns a conflict if a version other than the current one is expected; otherwise null.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    /// <summary>Returns the fields that an editor sets.</summary>
    internal PersonaFields ToFields() =>
        new()
        {
            Slug = Slug,
            Profile = Profile,
            AccentColour = AccentColour,
            Avatar = AvatarId,
            Order = Order,
            IsActive = IsActive,
            IsAi = IsAi,
        };

    public static Result<Persona> Create(PersonaId id, PersonaFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        if (fields.Slug is null && Foundation.Slug.From(fields.Profile.Name) is null)
        {
            return new SlugMalformed("") { Path = ["slug"] };
        }

        var persona = new Persona { Id = id, Slug = fields.Slug ?? Foundation.Slug.From(fields.Profile.Name)! };
        persona.Set(fields, by, now);
        return persona;
    }

    /// <summary>Replaces the persona's fields. Returns true if any of them changed.</summary>
    public Result<bool> Edit(PersonaFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        if (fields.Slug is { } slug && slug != Slug)
        {
            return new PersonaSlugFixed() { Path = ["slug"] };
        }

        var unchanged =
            fields.Profile == Profile
            && fields.AccentColour == AccentColour
            && fields.Avatar == AvatarId
            && fields.Order == Order
            && fields.IsActive == IsActive
            && fields.IsAi == IsAi;
        if (!unchanged)
        {
            Set(fields, by, now);
        }

        return !unchanged;
    }

    /// <summary>Returns the current profile as a numbered record to store.</summary>
    public PersonaProfileVersion Versioned() =>
        new()
        {
            PersonaId = Id,
            Number = ProfileNumber,
            Profile = Profile,
            CreatedAt = UpdatedAt,
        };

    private void Set(PersonaFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Profile != Profile)
        {
            Profile = fields.Profile;
            ProfileNumber++;
        }

        (AccentColour, AvatarId, Order, IsActive, IsAi, UpdatedAt, UpdatedBy) = (
            fields.AccentColour,
            fields.Avatar,
            fields.Order,
            fields.IsActive,
            fields.IsAi,
            now,
            by.Name
        );
    }
}

/// <summary>A profile that was in use from <see cref="CreatedAt" /> on.</summary>
public sealed class PersonaProfileVersion
{
    public required PersonaId PersonaId { get; init; }

    public required int Number { get; init; }

    public required PersonaProfile Profile { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The fields of a persona that an editor sets.</summary>
public sealed record PersonaFields
{
    /// <summary>The slug. If null, it is made from the name. It cannot change once the persona exists.</summary>
    public string? Slug { get; init; }

    public required PersonaProfile Profile { get; init; }

    public string? AccentColour { get; init; }

    public MediaId? Avatar { get; init; }

    public int Order { get; init; }

    public bool IsActive { get; init; } = true;

    public bool IsAi { get; init; }

    internal List<UserError> Refusals()
    {
        List<UserError> refusals = [];
        if (string.IsNullOrWhiteSpace(Profile.Name) || string.IsNullOrWhiteSpace(Profile.Lens))
        {
            refusals.Add(
                new PersonaIncomplete() { Path = [string.IsNullOrWhiteSpace(Profile.Name) ? "name" : "lens"] }
            );
        }

        if (Slug is not null && !Foundation.Slug.IsWellFormed(Slug))
        {
            refusals.Add(new SlugMalformed(Slug) { Path = ["slug"] });
        }

        if (AccentColour is { } colour && !Colour.IsWellFormed(colour))
        {
            refusals.Add(new ColourMalformed(colour) { Path = ["accentColour"] });
        }

        Bound(Profile.Name, "name", 120);
        Bound(Profile.Lens, "lens", 120);
        Bound(Profile.Bio, "bio", 4000);
        Bound(Profile.VoiceGuide, "voiceGuide", 8000);
        return refusals;

        void Bound(string? text, string field, int max)
        {
            if (text?.Length > max)
            {
                refusals.Add(new TextTooLong(field, max) { Path = [field] });
            }
        }
    }
}
