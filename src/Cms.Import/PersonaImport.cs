using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>Imports the personas of one run, and looks up personas by slug.</summary>
internal sealed class PersonaImport(
    IDbContextFactory<CmsDbContext> databases,
    CreatePersona create,
    EditPersona edit,
    ImageImport images,
    Actor by,
    bool isDryRun
)
{
    private readonly Dictionary<string, Persona> _known = new(StringComparer.Ordinal);

    /// <summary>Loads the personas that exist before the run.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var persona in await db.Personas.AsNoTracking().ToListAsync(cancellationToken))
        {
            _known[persona.Slug] = persona;
        }
    }

    /// <summary>Returns the persona with this slug; null if there is none.</summary>
    public Persona? Find(string slug) => _known.GetValueOrDefault(slug);

    public async Task<Result<ImportOutcome>> ImportAsync(PersonaItem read, CancellationToken cancellationToken)
    {
        var avatar = await images.FindAsync(read.Avatar, read.Folder, null, cancellationToken);
        if (avatar.Errors.Concat(images.Unfit(avatar.Value, "avatar")).ToList() is [_, ..] unfit)
        {
            return unfit;
        }

        var item = read with { Fields = read.Fields with { Avatar = avatar.Value } };
        var slug = item.Fields.Slug ?? Slug.From(item.Fields.Profile.Name) ?? "";
        if (!_known.TryGetValue(slug, out var known))
        {
            var created = isDryRun
                ? Persona.Create(PersonaId.New(), item.Fields, Contributor.Import, DateTimeOffset.UnixEpoch)
                : await create.Handle(new CreatePersonaInput { Fields = item.Fields }, by, cancellationToken);
            return Remember(created, ImportOutcome.Added);
        }

        if (known.Edit(item.Fields, Contributor.Import, known.UpdatedAt) is { IsRefused: false, Value: false })
        {
            return ImportOutcome.Unchanged;
        }

        return isDryRun
            ? ImportOutcome.Changed
            : Remember(
                await edit.Handle(
                    new EditPersonaInput { Id = known.Id, Edit = _ => item.Fields },
                    by,
                    cancellationToken
                ),
                ImportOutcome.Changed
            );

        Result<ImportOutcome> Remember(Result<Persona> result, ImportOutcome outcome)
        {
            if (!result.Succeeded(out var persona, out var errors))
            {
                return errors.ToList();
            }

            _known[persona.Slug] = persona;
            return outcome;
        }
    }
}
