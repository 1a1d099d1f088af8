using Cms.GraphQL;

namespace Cms.Import;

/// <summary>Thrown when front matter cannot be read, with the reason.</summary>
internal sealed class FrontMatterRefused(UserError reason) : Exception(reason.Message)
{
    public FrontMatterRefused(string problem)
        : this(new FileUnreadable(problem)) { }

    public UserError Reason => reason;
}
