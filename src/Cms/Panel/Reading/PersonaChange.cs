using Cms.Changes;
using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Panel.Reading;

/// <summary>A persona was added or changed.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="PersonaId">The id of the persona.</param>
public sealed record PersonaUpserted(string Cursor, DateTimeOffset OccurredAt, PersonaId PersonaId) : IChange;

[ObjectType<PersonaUpserted>]
public static class PersonaUpsertedNode
{
    /// <summary>The current persona.</summary>
    public static IDataLoaderResult<PublicPersona?> GetPersonaAsync(
        [Parent] PersonaUpserted change,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(change.PersonaId, context.Asked<PublicPersona>());
}
