using Cms.GraphQL;

namespace Cms.Import;

/// <summary>Front matter cannot be read, and why.</summary>
internal sealed class FrontMatterRefused(UserError reason) : Exception(reason.Message)
{
    public FrontMatterRefused(string problem)
        : this(new FileUnreadable(problem)) { }

    public UserError Reason => reason;
}
