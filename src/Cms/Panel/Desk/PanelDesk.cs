using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Desk;

[ObjectType<DeskRoot>]
public static class PanelDesk
{
    /// <summary>One member of the panel, its voice guide included; null when there is none.</summary>
    /// <param name="id">Its id.</param>
    [Authorize(Policies.Author)]
    public static Task<Persona?> GetPersonaAsync(
        PersonaId id,
        [Service] ReadDeskPersona persona,
        CancellationToken cancellationToken
    ) => persona.Handle(id, cancellationToken);
}

/// <summary>One persona with what only staff are told.</summary>
public sealed class ReadDeskPersona(ReadContexts contexts)
{
    public async Task<Persona?> Handle(PersonaId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Personas.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
    }
}
