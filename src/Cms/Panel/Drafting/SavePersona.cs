using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

public sealed record CreatePersonaInput
{
    public required PersonaFields Fields { get; init; }
}

/// <summary>Adds a persona to the panel.</summary>
public sealed class CreatePersona(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Persona>> Handle(CreatePersonaInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Persona>(
            actor,
            async (db, token) =>
            {
                var created = Persona.Create(PersonaId.New(), input.Fields, actor.Contributor, clock.Now());
                if (!created.Succeeded(out var persona, out _))
                {
                    return created;
                }

                if (await db.Personas.AnyAsync(p => p.Slug == persona.Slug, token))
                {
                    return new PersonaSlugTaken(persona.Slug) { Path = ["slug"] };
                }

                if (await db.UnfitMediaAsync(AvatarOf(input.Fields), clock.Now(), token) is [_, ..] unfit)
                {
                    return unfit;
                }

                await db.RecordUsesAsync(
                    MediaUseKind.Persona,
                    persona.Id,
                    AvatarOf(input.Fields).Select(avatar => avatar.Media),
                    token
                );
                db.Add(persona);
                db.Add(persona.Versioned());
                db.Announce(ChangeKind.PersonaChanged, persona.Id);
                return persona;
            },
            cancellationToken
        );

    internal static IReadOnlyList<MediaPlace> AvatarOf(PersonaFields fields) =>
        fields.Avatar is { } avatar ? [new(avatar, null, IsDecorative: false, "avatar")] : [];
}

public sealed record EditPersonaInput
{
    public required PersonaId Id { get; init; }

    /// <summary>
    /// Returns the new fields, given the current ones. It is called in the transaction, once for each attempt.
    /// </summary>
    public required Func<PersonaFields, PersonaFields> Edit { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>Changes a persona. Existing takes keep the profile that they were written under.</summary>
public sealed class EditPersona(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Persona>> Handle(EditPersonaInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Persona>(
            actor,
            async (db, token) =>
            {
                if (await db.Personas.FindAsync([input.Id], token) is not { } persona)
                {
                    return new PersonaNotFound(input.Id) { Path = ["id"] };
                }

                if (persona.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                var fields = input.Edit(persona.ToFields());
                var profile = persona.ProfileNumber;
                var edited = persona.Edit(fields, actor.Contributor, clock.Now());
                if (!edited.Succeeded(out var changed, out var refusals))
                {
                    return refusals.ToList();
                }

                if (persona.ProfileNumber > profile)
                {
                    db.Add(persona.Versioned());
                }

                if (changed)
                {
                    var avatar = CreatePersona.AvatarOf(fields);
                    if (await db.UnfitMediaAsync(avatar, clock.Now(), token) is [_, ..] unfit)
                    {
                        return unfit;
                    }

                    await db.RecordUsesAsync(
                        MediaUseKind.Persona,
                        persona.Id,
                        avatar.Select(shown => shown.Media),
                        token
                    );
                    db.Announce(ChangeKind.PersonaChanged, persona.Id);
                }

                return persona;
            },
            cancellationToken
        );
}
