using Cms.GraphQL;

namespace Cms.Foundation;

/// <summary>The id of whatever a change is about; the change's kind says which it is.</summary>
public readonly record struct SubjectId(Guid Value)
{
    public static SubjectId Of(IEntityId id) => new(id.Value);
}
