using Cms.GraphQL;

namespace Cms.Foundation;

/// <summary>The id of an entity of any type. The kind stored beside it determines the type.</summary>
public readonly record struct SubjectId(Guid Value)
{
    public static SubjectId Of(IEntityId id) => new(id.Value);
}
