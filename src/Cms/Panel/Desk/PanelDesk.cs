using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Desk;

[ObjectType<DeskRoot>]
public static class PanelDesk
{
    /// <summary>A persona, including its voice guide; null if it does not exist.</summary>
    /// <param name="id">The id of the persona.</param>
    [Authorize(Policies.Author)]
    public static Task<Persona?> GetPersonaAsync(
        PersonaId id,
        [Service] ReadDeskPersona persona,
        CancellationToken cancellationToken
    ) => persona.Handle(id, cancellationToken);
}

/// <summary>Reads a persona, including the fields that only staff see.</summary>
public sealed class ReadDeskPersona(ReadContexts contexts)
{
    public async Task<Persona?> Handle(PersonaId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Personas.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
    }
}
