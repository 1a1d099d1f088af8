using Cms.Changes;
using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Panel.Reading;

/// <summary>A persona was added to the panel or its profile changed.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="PersonaId">The persona's id.</param>
public sealed record PersonaUpserted(string Cursor, DateTimeOffset OccurredAt, PersonaId PersonaId) : IChange;

[ObjectType<PersonaUpserted>]
public static class PersonaUpsertedNode
{
    /// <summary>The persona as it is now.</summary>
    public static IDataLoaderResult<PublicPersona?> GetPersonaAsync(
        [Parent] PersonaUpserted change,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(change.PersonaId, context.Asked<PublicPersona>());
}
