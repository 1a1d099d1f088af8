using System.Text.Json.Serialization;

namespace Cms.GraphQL;

/// <summary>The input of a mutation.</summary>
public abstract record MutationInput
{
    /// <summary>The maximum length of <see cref="ClientMutationId" /> in characters.</summary>
    public const int MaxIdLength = 100;

    /// <summary>
    /// An id that the client generates for this change, such as a UUID. If the change with this id was already made, it
    /// is not made again, and its result is returned. Ids are remembered for 24 hours.
    /// </summary>
    [JsonIgnore]
    public string? ClientMutationId { get; init; }
}

/// <summary>A type of the schema that shows a <typeparamref name="T" />, which the mutation changes.</summary>
public interface IViewOf<T>;

/// <summary>
/// The id was already used for a different change, or the same change was already made and its result has since been
/// deleted.
/// </summary>
/// <param name="ClientMutationId">The id from the request.</param>
/// <param name="IsResultGone">
/// Whether the same change was made and its result has since been deleted.
/// </param>
public sealed record IdempotencyKeyReused(string ClientMutationId, bool IsResultGone)
    : UserError(
        IsResultGone
            ? "This change was already made, and what it changed has been deleted since. Send a new clientMutationId to make it again."
            : "This clientMutationId was used for a different change. Send a new one for each change, and repeat it only with the same input."
    );
