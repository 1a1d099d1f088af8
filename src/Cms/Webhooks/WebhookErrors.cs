using Cms.GraphQL;

namespace Cms.Webhooks;

/// <summary>The webhook does not exist.</summary>
/// <param name="WebhookId">The id from the request.</param>
public sealed record WebhookNotFound(WebhookId WebhookId)
    : UserError("There is no such webhook. Choose one from the list of webhooks.");

/// <summary>The address of a webhook cannot be used.</summary>
public sealed record WebhookUrlMalformed()
    : UserError(
        "Enter an address such as ‘https://example.com/hook’: https on port 443 or 8443, at most 2000 characters, without spaces, a fragment, a user name or a password, and with international names in their ASCII form."
    );

/// <summary>The host of the address is not on the public internet.</summary>
/// <param name="Host">The host from the request.</param>
public sealed record WebhookHostNotPublic(string Host)
    : UserError($"{Host} is not on the public internet. Enter an address that everybody can reach.");

/// <summary>The text in a field is too long.</summary>
/// <param name="Field">The name of the field whose text is too long.</param>
/// <param name="Most">The maximum length in characters.</param>
public sealed record WebhookTextTooLong(string Field, int Most)
    : UserError($"Shorten the {Field} to at most {Most} characters.");

/// <summary>The GraphQL document cannot be used.</summary>
/// <param name="Problem">What is wrong with it.</param>
public sealed record WebhookDocumentInvalid(string Problem)
    : UserError(
        $"Correct the document ({Problem.TrimEnd('.')}). It must be one query that works for the receiver, and can have the variables $id: ID! and $seq: Int."
    );

/// <summary>A webhook of a partner cannot send other content than articles.</summary>
public sealed record OtherContentOfPartner()
    : UserError("Partners receive only articles. Leave out hasOtherContent, or add the webhook for the newsroom.");

/// <summary>The partner, or the newsroom, already has the maximum number of webhooks.</summary>
/// <param name="Most">The maximum number.</param>
public sealed record TooManyWebhooks(int Most)
    : UserError($"There are already {Most} webhooks. Remove one that is no longer used.");

/// <summary>A reason is required to disable a webhook.</summary>
public sealed record WebhookReasonRequired() : UserError("Give a reason, so that others know why.");

/// <summary>The webhook is disabled, so that it cannot send anything.</summary>
public sealed record WebhookIsDisabled() : UserError("This webhook is disabled. Try again after you enable it.");

/// <summary>The request does not name exactly one thing to deliver again.</summary>
public sealed record RedeliveryUnclear()
    : UserError(
        "Choose what to deliver again: one delivery, the time since when, or, for the newsroom, the numbers of changes."
    );

/// <summary>Nothing has changed in the time to deliver again.</summary>
public sealed record NothingToRedeliver() : UserError("Nothing has changed in this time. Enter an earlier time.");

/// <summary>The numbers of changes do not exist, or the last one is before the first one.</summary>
/// <param name="Latest">The number of the newest change.</param>
public sealed record SequenceOutOfRange(int Latest)
    : UserError($"Enter numbers from 0 to {Latest}, the smaller one first.");

/// <summary>The range has too many changes.</summary>
/// <param name="Most">The maximum number of changes.</param>
public sealed record RedeliveryTooLarge(int Most)
    : UserError($"Enter a range of at most {Most} changes, or deliver everything since its first one.");

/// <summary>The delivery does not exist, or it was deleted after 30 days.</summary>
/// <param name="WebhookDeliveryId">The id from the request.</param>
public sealed record WebhookDeliveryNotFound(WebhookDeliveryId WebhookDeliveryId)
    : UserError("There is no such delivery of this webhook. Choose one from its deliveries.");
