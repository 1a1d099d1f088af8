using Cms.Articles;

namespace Cms.Audit;

/// <summary>
/// An entity whose changes are recorded in the audit log. Every stored property is recorded, except those that are
/// marked <see cref="NotAuditedAttribute" />.
/// </summary>
public interface IAudited
{
    /// <summary>The id of what the change is about, as it is in the API.</summary>
    string AuditSubject { get; }

    /// <summary>The article whose history contains the change; null if there is none.</summary>
    ArticleId? AuditArticle => null;

    /// <summary>
    /// The name of this part of the subject, such as <c>revision</c>; null if the entity is the subject itself.
    /// </summary>
    string? AuditPart => null;

    /// <summary>What the subject is called in the summary of an entry; null if its id is enough.</summary>
    string? AuditName => null;
}

/// <summary>
/// Excludes a property from the audit log, because it follows from others, changes without anybody's decision or is not
/// meant to be read.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;

/// <summary>
/// Records a property that otherwise follows from the entry, such as the time of a change, because that time itself
/// changes what readers see.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AuditedAttribute : Attribute;
