// Generated from /openapi.json by `npm run generate`: do not edit.

export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process is alive */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it serves and its database answers */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics, for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description By e-mail and password. The answer sets the cookie of the session, which lasts a week.
         *
         *     For everybody.
         */
        post: operations["postSession"];
        /**
         * Sign out
         * @description For the roles operator, admin, analyst, pipeline.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out everywhere
         * @description Ends all sessions of the person, this one too.
         *
         *     For the roles operator, admin, analyst, pipeline.
         */
        delete: operations["deleteSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one’s password
         * @description Ends the person’s other sessions.
         *
         *     For the roles operator, admin, analyst, pipeline.
         */
        post: operations["postPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who makes the call
         * @description For the roles operator, admin, analyst, pipeline.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/look-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an invitation is for
         * @description The token goes in the body, since URLs are logged on their way.
         *
         *     For everybody.
         */
        post: operations["postInvitationsLookUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description Makes the account and signs in. The link is used up.
         *
         *     For everybody.
         */
        post: operations["postInvitationsAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of a profile, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getProfilesProfileIdMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description The password and all sessions end.
         *
         *     For the roles operator, admin.
         */
        delete: operations["deleteProfilesProfileIdMembersMemberId"];
        options?: never;
        head?: never;
        /**
         * Change a member’s role
         * @description For the roles operator, admin.
         */
        patch: operations["patchProfilesProfileIdMembersMemberId"];
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations that are open, newest first
         * @description For the roles operator, admin.
         */
        get: operations["getProfilesProfileIdInvitations"];
        put?: never;
        /**
         * Invite a person into a profile
         * @description The link is in this answer only; it works once and for a week. An earlier one ends.
         *
         *     For the roles operator, admin.
         */
        post: operations["postProfilesProfileIdInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description For the roles operator, admin.
         */
        delete: operations["deleteProfilesProfileIdInvitationsInvitationId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the operators, newest first
         * @description For the role operator.
         */
        get: operations["getOperators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operators/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an operator
         * @description For the role operator.
         */
        delete: operations["deleteOperatorsMemberId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations of operators that are open, newest first
         * @description For the role operator.
         */
        get: operations["getOperatorInvitations"];
        put?: never;
        /**
         * Invite an operator
         * @description The link is in this answer only; it works once and for a week. An earlier one ends.
         *
         *     For the role operator.
         */
        post: operations["postOperatorInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator-invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an operator’s invitation back
         * @description For the role operator.
         */
        delete: operations["deleteOperatorInvitationsInvitationId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/audit-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what in a profile, newest first
         * @description For the roles operator, admin.
         */
        get: operations["getProfilesProfileIdAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, newest first
         * @description For the role operator.
         */
        get: operations["getAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all profiles, newest first
         * @description For the role operator.
         */
        get: operations["getProfiles"];
        put?: never;
        /**
         * Make a profile
         * @description For the role operator.
         */
        post: operations["postProfiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a profile
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getProfilesProfileId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename a profile, grant or withdraw webhook access
         * @description For the role operator.
         */
        patch: operations["patchProfilesProfileId"];
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys that are not revoked, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getProfilesProfileIdApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The key is shown in this answer only.
         *
         *     For the roles operator, admin.
         */
        post: operations["postProfilesProfileIdApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/api-keys/{apiKeyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description For the roles operator, admin.
         */
        delete: operations["deleteProfilesProfileIdApiKeysApiKeyId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the workflows of a profile, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getProfilesProfileIdWorkflows"];
        put?: never;
        /**
         * Make a workflow
         * @description For the roles operator, admin.
         */
        post: operations["postProfilesProfileIdWorkflows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a workflow
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit a workflow
         * @description States that items are in, or that filters name, cannot be removed. Makes no events.
         *
         *     For the roles operator, admin.
         */
        patch: operations["patchWorkflowsWorkflowId"];
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the items of a workflow, newest first
         * @description For the roles operator, admin, analyst, pipeline.
         */
        get: operations["getWorkflowsWorkflowIdItems"];
        put?: never;
        /**
         * File an item, or a batch of them
         * @description An alert that was filed in the workflow before answers the item as it is now, with `created: false`; what came with it is ignored. 201 if at least one item was made, otherwise 200.
         *
         *     For the roles operator, admin, pipeline.
         */
        post: operations["postWorkflowsWorkflowIdItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/item-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the items of each state
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdItemCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/items/{itemId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an item
         * @description For the roles operator, admin, analyst, pipeline.
         */
        get: operations["getWorkflowsWorkflowIdItemsItemId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/items/{itemId}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an item to a state
         * @description A move to the state that the item is in already changes nothing at all.
         *
         *     For the roles operator, admin, pipeline.
         */
        post: operations["postWorkflowsWorkflowIdItemsItemIdState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/transitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move many items
         * @description All or nothing, in the order given; an item may occur more than once.
         *
         *     For the roles operator, admin, pipeline.
         */
        post: operations["postWorkflowsWorkflowIdTransitions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a workflow, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an event, with what became of it
         * @description For each webhook that the workflow had at the time: its deliveries, or why it was not sent to.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdEventsEventId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check for gaps
         * @description Lists the events of a time that the webhook should have had and has not, newest first, and why: its delivery failed or was canceled, or it was disabled or had no access. It should have had what its topics and filters matched at the time. A page looks through 1,000 events, so it can be short or empty while `nextCursor` leads on.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhooksWebhookIdGaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/items/{itemId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of an item, newest first, with what became of each
         * @description For each webhook that the workflow had at the time: its deliveries, or why it was not sent to.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdItemsItemIdEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the platforms of the latest events
         * @description What a filter on the platform can choose from.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdPlatforms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks of a workflow, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhooks"];
        put?: never;
        /**
         * Make a webhook
         * @description The secret is shown in this answer; later it can be revealed.
         *
         *     For the roles operator, admin.
         */
        post: operations["postWorkflowsWorkflowIdWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhooksWebhookId"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description What is pending is canceled. Its log stays.
         *
         *     For the roles operator, admin.
         */
        delete: operations["deleteWorkflowsWorkflowIdWebhooksWebhookId"];
        options?: never;
        head?: never;
        /**
         * Edit a webhook
         * @description Holds for every attempt that begins after it.
         *
         *     For the roles operator, admin.
         */
        patch: operations["patchWorkflowsWorkflowIdWebhooksWebhookId"];
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reveal the secret
         * @description Goes on record.
         *
         *     For the roles operator, admin.
         */
        get: operations["getWorkflowsWorkflowIdWebhooksWebhookIdSecret"];
        put?: never;
        /**
         * Rotate the secret
         * @description With an `overlap`, the previous secret signs on beside the new one.
         *
         *     For the roles operator, admin.
         */
        post: operations["postWorkflowsWorkflowIdWebhooksWebhookIdSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a sample event
         * @description By the way of all deliveries, whatever the topics and filters; one attempt.
         *
         *     For the roles operator, admin.
         */
        post: operations["postWorkflowsWorkflowIdWebhooksWebhookIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview what a webhook would be sent
         * @description Matches the last 50 events of the workflow against these topics and filters. Stores nothing.
         *
         *     For the roles operator, admin, analyst.
         */
        post: operations["postWorkflowsWorkflowIdWebhooksPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/url-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check the URL of a webhook
         * @description Says what making a webhook with this URL would say. Stores and sends nothing.
         *
         *     For the roles operator, admin.
         */
        post: operations["postWorkflowsWorkflowIdWebhooksUrlCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhook-health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how the webhooks of a workflow do
         * @description Their deliveries of the last 24 hours by the hour; test events are left out.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhookHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of a webhook, newest first
         * @description However many there are, a page comes quickly: it looks through a bounded number of them, so with filters it can be short or empty while `nextCursor` leads on; `searchedTo` then says how far back it has looked.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhooksWebhookIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of a workflow, newest first
         * @description However many there are, a page comes quickly: it looks through a bounded number of them, so with filters it can be short or empty while `nextCursor` leads on; `searchedTo` then says how far back it has looked.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the deliveries of a webhook
         * @description All that the filters ask for, newest first, as a file: CSV with a header row, or a JSON object a line. In CSV, what a spreadsheet would take for a formula has an apostrophe before it.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhooksWebhookIdDeliveriesExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/deliveries/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the deliveries of a workflow
         * @description All that the filters ask for, newest first, as a file: CSV with a header row, or a JSON object a line. In CSV, what a spreadsheet would take for a formula has an apostrophe before it.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdDeliveriesExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a delivery with its body and attempts
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getDeliveriesDeliveryId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a delivery
         * @description Makes a new delivery of the same event with the same bytes.
         *
         *     For the roles operator, admin.
         */
        post: operations["postDeliveriesDeliveryIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{deliveryId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry a delivery now
         * @description Of one that waits for its retry: the attempt is made at once. Uses up a retry like any other.
         *
         *     For the roles operator, admin.
         */
        post: operations["postDeliveriesDeliveryIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delivery-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read by what rules this service delivers
         * @description For the roles operator, admin, analyst, pipeline.
         */
        get: operations["getDeliveryRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the replays of a webhook, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhooksWebhookIdReplays"];
        put?: never;
        /**
         * Start a replay
         * @description Takes settled deliveries by status and time, the events named, or, of a time, all that was `missed` (no delivery was made) or the `gaps` that the gap check finds. Deliveries are made a few at a time, and live ones go first. Each keeps its event’s id. An event that has a pending delivery is left out.
         *
         *     For the roles operator, admin.
         */
        post: operations["postWorkflowsWorkflowIdWebhooksWebhookIdReplays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a replay
         * @description Counts what a replay would take. Stores and sends nothing.
         *
         *     For the roles operator, admin, analyst.
         */
        post: operations["postWorkflowsWorkflowIdWebhooksWebhookIdReplaysPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/{replayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far a replay is
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdWebhooksWebhookIdReplaysReplayId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/{replayId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a replay
         * @description No more deliveries are made; those that are made go their way.
         *
         *     For the roles operator, admin.
         */
        post: operations["postWorkflowsWorkflowIdWebhooksWebhookIdReplaysReplayIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what members were told of the webhooks of a workflow, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what members were told of the webhooks of a profile, newest first
         * @description For the roles operator, admin, analyst.
         */
        get: operations["getProfilesProfileIdNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/notice-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read where notices go beside the app
         * @description For the roles operator, admin.
         */
        get: operations["getProfilesProfileIdNoticeSettings"];
        /**
         * Say where notices go beside the app
         * @description To an operational webhook, signed as deliveries are, and by e-mail. Replaces what was set; a secret that is new is shown in this answer only.
         *
         *     For the roles operator, admin.
         */
        put: operations["putProfilesProfileIdNoticeSettings"];
        post?: never;
        /**
         * Have notices go nowhere but into the app
         * @description For the roles operator, admin.
         */
        delete: operations["deleteProfilesProfileIdNoticeSettings"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profiles/{profileId}/notice-settings/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test notice
         * @description To the operational webhook and all e-mail addresses, once; tells what became of each. One a minute, and 20 a day, for each profile.
         *
         *     For the roles operator, admin.
         */
        post: operations["postProfilesProfileIdNoticeSettingsTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{workflowId}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read statistics
         * @description Deliveries and failures over time, latency percentiles and the attempts that were needed, of a webhook or of all of a workflow.
         *
         *     For the roles operator, admin, analyst.
         */
        get: operations["getWorkflowsWorkflowIdStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hear what changes
         * @description A stream of messages, each the JSON of a `Change`, of the workflows that the caller may see. They are hints: read again what they name, and everything after each connecting, since what happens meanwhile is not told. The stream ends when the key or session does. A key or session has one: opening another ends the one before with an event `replaced`, after which a client does not connect again by itself.
         *
         *     For the roles operator, admin, analyst, pipeline.
         */
        get: operations["getChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    delivery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A delivery, as your endpoint receives it
         * @description Any 2xx within the time limit is a success. Deduplicate on `webhook-id`: deliveries come at least once, and a replay has the same id. Verify `webhook-signature`, or compare `x-outtake-secret`.
         */
        post: operations["receiveDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    notice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A notice, as your operational webhook receives it
         * @description Sent and signed as deliveries are; `webhook-id` is the `noticeId`. Notices come at least once, and may overtake one another: go by `at`.
         */
        post: operations["receiveNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AcceptInvitation: {
            /** @description What stands behind the # of the link. */
            token: string;
            name: string;
            /**
             * Format: email
             * @description Only where the invitation has none: that of the first operator.
             */
            email?: string;
            /**
             * Format: password
             * @description 12 to 128 characters.
             */
            password: string;
        };
        /**
         * @description What was found. Characters are counted as Unicode code points, KiB as bytes of UTF-8.
         * @example {
         *       "alertId": "al_4821",
         *       "type": "content",
         *       "platform": "email",
         *       "subject": "Invoice overdue: act now",
         *       "securityDescription": "A look-alike of the billing department asks for payment."
         *     }
         */
        Alert: {
            alertId: string;
            /** @enum {string} */
            type: "content" | "account";
            platform: string;
            /** @description Made from `platform` where absent. */
            platformDisplayName?: string;
            subject: string;
            contentTitle?: string;
            /** @description Up to 16 KiB of UTF-8. */
            securityDescription: string;
            /** @description Up to 64 KiB of UTF-8. */
            agentReasoning?: string;
            links?: {
                /**
                 * Format: uri
                 * @description The item’s page; made where absent.
                 */
                outtake?: string;
                /**
                 * Format: uri
                 * @description What was found; inferred from the subject of a `content` alert.
                 */
                content?: string;
                /**
                 * Format: uri
                 * @description The account behind it; inferred from the subject of an `account` alert.
                 */
                account?: string;
            };
            previewImage?: {
                /** Format: uri */
                url: string;
                /** @description Pixels. */
                width: number;
                /** @description Pixels. */
                height: number;
            };
        };
        /** @description What has changed of the alert since it was filed. Fields that are not given stay as they are. */
        AlertChanges: {
            /** @description Made from `platform` where absent. */
            platformDisplayName?: string;
            subject?: string;
            contentTitle?: string;
            /** @description Up to 16 KiB of UTF-8. */
            securityDescription?: string;
            /** @description Up to 64 KiB of UTF-8. */
            agentReasoning?: string;
            links?: {
                /**
                 * Format: uri
                 * @description The item’s page; made where absent.
                 */
                outtake?: string;
                /**
                 * Format: uri
                 * @description What was found; inferred from the subject of a `content` alert.
                 */
                content?: string;
                /**
                 * Format: uri
                 * @description The account behind it; inferred from the subject of an `account` alert.
                 */
                account?: string;
            };
            previewImage?: {
                /** Format: uri */
                url: string;
                /** @description Pixels. */
                width: number;
                /** @description Pixels. */
                height: number;
            };
        };
        ApiKey: {
            apiKeyId: string;
            name: string;
            /** @enum {string} */
            role: "operator" | "admin" | "pipeline" | "analyst";
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
        };
        ApiKeyList: {
            data: components["schemas"]["ApiKey"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /** @description One HTTP request of a delivery. */
        Attempt: {
            /** @description From 1. */
            attempt: number;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            startedAt: string;
            /** @description Milliseconds; absent while under way and where the end is unknown. */
            durationMs?: number;
            /** @enum {string} */
            outcome: "succeeded" | "failed" | "unknown" | "in_flight";
            /**
             * @description Recorded after the lane had gone to another node.
             * @constant
             */
            late?: true;
            /**
             * @description It is so old that `request`, `response` and what belongs to them are no longer kept.
             * @constant
             */
            bodiesRemoved?: true;
            statusCode?: number;
            /** @description What went wrong where no status came. */
            error?: string;
            /** @description A stable word for it, such as `timeout`, `dns_failed`, `connect_failed` or `tls_failed`. */
            errorCode?: string;
            /** @description Absent where no request was made. Its body is the delivery’s. */
            request?: {
                method: string;
                url: string;
                /** @description Repeated headers are joined with a comma; secrets, signatures and custom values are redacted. */
                headers: {
                    [key: string]: string;
                };
            };
            response?: {
                /** @description Repeated headers are joined with a comma; secrets, signatures and custom values are redacted. */
                headers: {
                    [key: string]: string;
                };
                /** @description Up to 16 KiB, read as UTF-8. */
                body: string;
                /** @description Its bytes, where they are not UTF-8 text. */
                bodyBase64?: string;
                truncated: boolean;
            };
            remoteAddress?: string;
            /** @description `issuer`: who issued the receiver’s certificate. */
            tls?: {
                protocol: string;
                cipher?: string;
                issuer?: string;
            };
            phases?: components["schemas"]["AttemptPhases"];
            next?: components["schemas"]["AttemptNext"];
        };
        /** @description What was decided after the attempt, and why. */
        AttemptNext: {
            /** @enum {string} */
            decision: "delivered" | "retry" | "failed" | "canceled";
            /** @description A stable word: `accepted`, `retry_delay`, `retry_after`, `end_unknown`, `retries_exhausted`, `test_failed`, or why it was canceled. */
            because: string;
            /** @description How long the next attempt was to wait. */
            delayMs?: number;
        };
        /** @description Where the time went, milliseconds; the first three where the connection was opened for it. */
        AttemptPhases: {
            dnsMs?: number;
            connectMs?: number;
            tlsMs?: number;
            /** @description From the request to the response’s headers. */
            waitMs?: number;
            /** @description From there until the body ended or was let go. */
            readMs?: number;
        };
        /** @description Who did what, and when. */
        AuditEntry: {
            auditEntryId: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            at: string;
            actorId: string;
            /** @description The person’s e-mail, or the API key’s name. */
            actorName?: string;
            /** @example webhook.secret_revealed */
            action: string;
            /** @description The id of what it was done to. */
            target: string;
            profileId?: string;
        };
        AuditEntryList: {
            data: components["schemas"]["AuditEntry"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /** @description What of a workflow may look different: read it again. */
        Change: {
            workflowId: string;
            changed: ("items" | "webhooks" | "deliveries" | "workflow")[];
        };
        ChangePassword: {
            /** Format: password */
            currentPassword: string;
            /**
             * Format: password
             * @description 12 to 128 characters.
             */
            newPassword: string;
        };
        /**
         * @example {
         *       "url": "https://hooks.example.com/outtake"
         *     }
         */
        CheckUrl: {
            url: string;
        };
        /** @description Whether a webhook with this URL could be made at present. */
        CheckedUrl: {
            allowed: boolean;
            /** @enum {string} */
            code?: "validation_failed" | "url_refused" | "url_unresolved";
            /** @description What is wrong with the URL. */
            message?: string;
        };
        /**
         * @example {
         *       "name": "pipeline",
         *       "role": "pipeline"
         *     }
         */
        CreateApiKey: {
            name: string;
            /** @enum {string} */
            role: "pipeline" | "admin" | "analyst";
        };
        /**
         * @example {
         *       "name": "Acme",
         *       "webhookAccess": true
         *     }
         */
        CreateProfile: {
            name: string;
            /** @description False where absent. */
            webhookAccess?: boolean;
        };
        /**
         * @example {
         *       "url": "https://hooks.example.com/outtake",
         *       "topics": [
         *         "workflow.item.created",
         *         "workflow.item.resolved"
         *       ],
         *       "filters": {
         *         "platform": [
         *           "email"
         *         ]
         *       }
         *     }
         */
        CreateWebhook: {
            /**
             * Format: uri
             * @description The HTTPS endpoint that receives the POST requests.
             * @example https://hooks.example.com/outtake
             */
            url: string;
            topics: components["schemas"]["Topic"][];
            description?: string;
            /** @description The shared secret: 16 to 256 visible ASCII characters; one that begins with `whsec_` goes on with the base64 of at least 24 bytes. Made where absent. */
            secret?: string;
            /** @description True where absent. */
            enabled?: boolean;
            filters?: components["schemas"]["Filter"];
            /**
             * @description Custom headers, name to value. Values are stored encrypted and never answered.
             * @example {
             *       "authorization": "Bearer …"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /** @description Null, or absent: it is never paused. */
            pauseAfter?: string | null;
        };
        /**
         * @example {
         *       "name": "Brand impersonation",
         *       "states": [
         *         "New",
         *         "In review",
         *         "Resolved"
         *       ],
         *       "resolvedState": "Resolved"
         *     }
         */
        CreateWorkflow: {
            name?: string;
            /** @description The names of the states, in order. */
            states: string[];
            /** @description The first state where absent. */
            initialState?: string;
            resolvedState: string;
            /** @description False where absent. */
            previewImages?: boolean;
        };
        CreatedApiKey: {
            apiKeyId: string;
            name: string;
            /** @enum {string} */
            role: "operator" | "admin" | "pipeline" | "analyst";
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /** @description Shown in this answer only. */
            key: string;
        };
        CreatedInvitation: {
            invitationId: string;
            email: string;
            /** @enum {string} */
            role: "operator" | "admin" | "pipeline" | "analyst";
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            expiresAt: string;
            /** @description The link to pass on: it works once. Shown in this answer only. */
            url: string;
        };
        /** @description The webhook with its secret, in the answer to its creation only. */
        CreatedWebhook: {
            webhookId: string;
            workflowId: string;
            url: string;
            topics: components["schemas"]["Topic"][];
            description?: string;
            enabled: boolean;
            filters?: components["schemas"]["Filter"];
            /**
             * @description The names of the custom headers; their values are never answered.
             * @example {
             *       "authorization": null
             *     }
             */
            headers: {
                [key: string]: null;
            };
            /**
             * Format: date-time
             * @description Until then the previous secret signs too; absent where no rotation overlaps.
             * @example 2026-11-23T21:00:00.000Z
             */
            previousSecretUntil?: string;
            /**
             * @description It is disabled once all its deliveries have failed for so long; absent: never.
             * @example 24h
             */
            pauseAfter?: string;
            /**
             * Format: date-time
             * @description When the service disabled it, for this reason; absent once it is enabled again.
             * @example 2026-11-23T21:00:00.000Z
             */
            pausedAt?: string;
            /**
             * @description Why, for people to read.
             * @example All deliveries failed for 24h, most often with: HTTP 503
             */
            pausedReason?: string;
            /** @description Grows by one with each edit; also the `ETag`. */
            version: number;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            updatedAt: string;
            secret: string;
        };
        /** @description One event owed to one webhook. */
        Delivery: {
            deliveryId: string;
            webhookId: string;
            eventId: string;
            itemId: string;
            /** @description Absent where the event is no longer kept. */
            alertId?: string;
            /** @description Of the alert; absent as `alertId` is. */
            subject?: string;
            sequence: number;
            topics: components["schemas"]["Topic"][];
            status: components["schemas"]["DeliveryStatus"];
            /** @description Why it failed or was canceled. */
            reason?: string;
            attemptCount: number;
            /** @description Of the last attempt that has ended. */
            statusCode?: number;
            /** @description Where that failed: what it came to, such as `HTTP 503`, or in words. */
            error?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            nextAttemptAt?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            settledAt?: string;
            /** @description The delivery that this one repeats. */
            replayOf?: string;
            /**
             * @description It is of a sample event.
             * @constant
             */
            test?: true;
        };
        /** @description A delivery with its body and every attempt. */
        DeliveryDetail: {
            deliveryId: string;
            webhookId: string;
            eventId: string;
            itemId: string;
            /** @description Absent where the event is no longer kept. */
            alertId?: string;
            /** @description Of the alert; absent as `alertId` is. */
            subject?: string;
            sequence: number;
            topics: components["schemas"]["Topic"][];
            status: components["schemas"]["DeliveryStatus"];
            /** @description Why it failed or was canceled. */
            reason?: string;
            attemptCount: number;
            /** @description Of the last attempt that has ended. */
            statusCode?: number;
            /** @description Where that failed: what it came to, such as `HTTP 503`, or in words. */
            error?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            nextAttemptAt?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            settledAt?: string;
            /** @description The delivery that this one repeats. */
            replayOf?: string;
            /**
             * @description It is of a sample event.
             * @constant
             */
            test?: true;
            /** @description The item as it is now; absent for a sample event. */
            item?: {
                state: string;
                sequence: number;
                latestEventId: string;
            };
            /** @description The JSON text exactly as it is sent, a string because signatures are over its bytes. */
            body: string;
            attempts: components["schemas"]["Attempt"][];
        };
        DeliveryList: {
            data: components["schemas"]["Delivery"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
            /**
             * Format: date-time
             * @description A page looks through a bounded number of deliveries: where that made it short or empty, it has looked back to here, and `nextCursor` leads on.
             * @example 2026-11-23T21:00:00.000Z
             */
            searchedTo?: string;
        };
        /** @description The JSON body of a delivery. Fields are only ever added to it. */
        DeliveryPayload: {
            /** @enum {string} */
            event: "workflow-item-created" | "workflow-item-state-updated";
            eventId: string;
            /** @constant */
            test?: true;
            topics: ("workflow.item.created" | "workflow.item.state.changed" | "workflow.item.resolved" | "workflow.item.reopened")[];
            /** Format: date-time */
            occurredAt: string;
            workflow: {
                workflowId: string;
                profileId: string;
                name?: string;
                itemId: string;
                sequence: number;
                newState: string;
                previousState?: string;
                filters?: {
                    platform?: string[];
                    alertType?: ("content" | "account")[];
                    newState?: string[];
                    previousState?: string[];
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            alert: {
                alertId: string;
                /** @enum {string} */
                type: "content" | "account";
                platform: string;
                platformDisplayName: string;
                subject: string;
                contentTitle?: string;
                securityDescription: string;
                agentReasoning?: string;
                links: {
                    outtake: string;
                    content?: string;
                    account?: string;
                } & {
                    [key: string]: unknown;
                };
                previewImage?: {
                    url: string;
                    width: number;
                    height: number;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description By what rules this service delivers. */
        DeliveryRules: {
            /** @description One wait for each retry, after the end of the attempt before; chance adds up to a fifth. */
            retryDelaysMs: number[];
            /** @description How long an attempt waits for the response’s headers. */
            timeoutMs: number;
            maxWebhooksPerWorkflow: number;
            keptDays: {
                /** @description Days that what attempts sent and were answered are kept; null: for ever. */
                bodies: number | null;
                /** @description Days that settled deliveries are kept; null: for ever. */
                deliveries: number | null;
                /** @description Days that events, but for the latest of each item, are kept; null: for ever. */
                events: number | null;
            };
            /** @description Of the service, as in its `user-agent`. */
            version: string;
        };
        /** @enum {string} */
        DeliveryStatus: "pending" | "succeeded" | "failed" | "canceled";
        EditMember: {
            /** @enum {string} */
            role: "admin" | "analyst";
        };
        /**
         * @description Where notices go beside the app; what is not given is no longer told.
         * @example {
         *       "webhook": {
         *         "url": "https://ops.example.com/outtake"
         *       },
         *       "emails": [
         *         "oncall@example.com"
         *       ]
         *     }
         */
        EditNoticeSettings: {
            webhook?: components["schemas"]["EditNoticeWebhook"];
            emails?: string[];
        };
        /** @description Without a secret, the stored one stays; where there is none, or the URL has another host than before, one is made. */
        EditNoticeWebhook: {
            /**
             * Format: uri
             * @description The HTTPS endpoint that receives the POST requests.
             * @example https://hooks.example.com/outtake
             */
            url: string;
            /** @description The shared secret: 16 to 256 visible ASCII characters; one that begins with `whsec_` goes on with the base64 of at least 24 bytes. Made where absent. */
            secret?: string;
        };
        /** @description Fields that are not given stay as they are. */
        EditProfile: {
            name?: string;
            webhookAccess?: boolean;
        };
        /** @description Fields that are not given stay as they are. */
        EditWebhook: {
            /**
             * Format: uri
             * @description The HTTPS endpoint that receives the POST requests.
             * @example https://hooks.example.com/outtake
             */
            url?: string;
            topics?: components["schemas"]["Topic"][];
            /** @description Null clears it. */
            description?: string | null;
            /** @description Always an error: rotate the secret instead. */
            secret?: unknown;
            enabled?: boolean;
            /** @description Null clears them. */
            filters?: components["schemas"]["Filter"] | null;
            /**
             * @description Replaces all custom headers; `null` keeps the stored value of a name, `{}` removes all.
             * @example {
             *       "authorization": null,
             *       "x-team": "brand"
             *     }
             */
            headers?: {
                [key: string]: string | null;
            };
            /** @description Null: it is never paused. */
            pauseAfter?: string | null;
        };
        /** @description Fields that are not given stay as they are. */
        EditWorkflow: {
            name?: string;
            /** @description The names of the states, in order. */
            states?: string[];
            initialState?: string;
            resolvedState?: string;
            previewImages?: boolean;
        };
        EmptyBody: Record<string, never>;
        /** @description One change of one item. */
        Event: {
            eventId: string;
            event: components["schemas"]["Trigger"];
            topics: components["schemas"]["Topic"][];
            itemId: string;
            alertId: string;
            platform: string;
            /** @enum {string} */
            alertType: "content" | "account";
            /** @description Of the alert, as it was when the event happened. */
            subject: string;
            sequence: number;
            newState: string;
            previousState?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            occurredAt: string;
        };
        EventList: {
            data: components["schemas"]["Event"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /** @description What became of an event for one webhook. */
        EventOutcome: {
            webhookId: string;
            /** @description As it was when the event happened. */
            url: string;
            /**
             * @description Of the latest delivery; `delivered` if any of them was. `no_longer_kept`: there was one, and it is too old to be kept.
             * @enum {string}
             */
            result: "delivered" | "pending" | "failed" | "canceled" | "not_sent" | "no_longer_kept";
            /** @description Why it failed or was canceled; why it was not sent: no_access, disabled, topic_not_selected, filter_mismatch. */
            reason?: string;
            /**
             * @description With `filter_mismatch`: the first list of the filter that has not the value.
             * @enum {string}
             */
            field?: "platform" | "alertType" | "newState" | "previousState";
            /** @description What the event has there; absent where a created item has no previous state. */
            value?: string;
            /** @description The values that the filter lists. */
            wanted?: string[];
            /** @description Where it failed: what the last attempt came to, such as `HTTP 503`. */
            error?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            settledAt?: string;
            /** @description The delivery and its replays, oldest first. */
            deliveryIds: string[];
        };
        FileItem: {
            alert: components["schemas"]["Alert"];
            /** @description The workflow’s initial state where absent. */
            state?: string;
        };
        /** @description Up to 1,000 items, all or nothing. */
        FileItems: {
            items: components["schemas"]["FileItem"][];
        };
        FiledItem: {
            itemId: string;
            alertId: string;
            state: string;
            sequence: number;
            /** @description The event of the item’s creation. */
            eventId: string;
            /** @description False where the alert had been filed before. */
            created: boolean;
        };
        FiledItems: {
            data: components["schemas"]["FiledItem"][];
        };
        /**
         * @description Any value of a list, and all of the lists that are given. An object without lists filters nothing, as if left out.
         * @example {
         *       "platform": [
         *         "email"
         *       ],
         *       "newState": [
         *         "Resolved"
         *       ]
         *     }
         */
        Filter: {
            platform?: string[];
            alertType?: ("content" | "account")[];
            newState?: string[];
            /** @description Never matches a created item, which has no previous state. */
            previousState?: string[];
        };
        /** @description An event that a webhook should have had and has not, and why. */
        Gap: {
            eventId: string;
            event: components["schemas"]["Trigger"];
            topics: components["schemas"]["Topic"][];
            itemId: string;
            alertId: string;
            platform: string;
            /** @enum {string} */
            alertType: "content" | "account";
            /** @description Of the alert, as it was when the event happened. */
            subject: string;
            sequence: number;
            newState: string;
            previousState?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            occurredAt: string;
            /** @description Whether it is the latest event of its item. */
            isLatest: boolean;
            outcome: components["schemas"]["EventOutcome"];
        };
        GapList: {
            data: components["schemas"]["Gap"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
            /** @description How many events this page has looked through. */
            examined: number;
            /** @description How many of them are still on their way. */
            pending: number;
            /** @description How many of them are so old that what became of them is no longer kept. */
            noLongerKept: number;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        Invitation: {
            invitationId: string;
            email: string;
            /** @enum {string} */
            role: "operator" | "admin" | "pipeline" | "analyst";
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            expiresAt: string;
        };
        InvitationList: {
            data: components["schemas"]["Invitation"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "role": "admin"
         *     }
         */
        InviteMember: {
            /** Format: email */
            email: string;
            /** @enum {string} */
            role: "admin" | "analyst";
        };
        InviteOperator: {
            /** Format: email */
            email: string;
        };
        /** @description One alert in one workflow. */
        Item: {
            itemId: string;
            workflowId: string;
            alertId: string;
            state: string;
            sequence: number;
            alert: components["schemas"]["Alert"];
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            updatedAt: string;
        };
        /** @description How many items each state has, in the order of the states. */
        ItemCounts: {
            data: {
                state: string;
                /** @description Up to 10,000. */
                count: number;
                /** @description There are more than that. */
                isMore: boolean;
            }[];
        };
        /** @description An event, and what became of it for each webhook of that time. */
        ItemEvent: {
            eventId: string;
            event: components["schemas"]["Trigger"];
            topics: components["schemas"]["Topic"][];
            itemId: string;
            alertId: string;
            platform: string;
            /** @enum {string} */
            alertType: "content" | "account";
            /** @description Of the alert, as it was when the event happened. */
            subject: string;
            sequence: number;
            newState: string;
            previousState?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            occurredAt: string;
            webhooks: components["schemas"]["EventOutcome"][];
        };
        ItemEventList: {
            data: components["schemas"]["ItemEvent"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        ItemList: {
            data: components["schemas"]["Item"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        LookUpInvitation: {
            /** @description What stands behind the # of the link. */
            token: string;
        };
        /** @description Who makes the call. */
        Me: {
            actorId: string;
            /** @enum {string} */
            role: "operator" | "admin" | "pipeline" | "analyst";
            /** @description Absent for an operator, who works in all profiles. */
            profileId?: string;
            profileName?: string;
            /** @description Of the person or the API key. */
            name?: string;
            /** @description Absent for an API key. */
            email?: string;
        };
        /** @description A person who signs in: a member of one profile, or an operator. */
        Member: {
            memberId: string;
            email: string;
            name: string;
            /** @enum {string} */
            role: "operator" | "admin" | "pipeline" | "analyst";
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
        };
        MemberList: {
            data: components["schemas"]["Member"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "state": "Resolved",
         *       "expectedState": "In review"
         *     }
         */
        MoveItem: {
            state: string;
            /** @description The move is refused (409) where the item is in another state. */
            expectedState?: string;
            alert?: components["schemas"]["AlertChanges"];
        };
        /** @description Up to 1,000 moves, all or nothing, applied in order; an item may occur more than once. */
        MoveItems: {
            transitions: components["schemas"]["Transition"][];
        };
        MovedItem: {
            itemId: string;
            state: string;
            sequence: number;
            /** @description False where the item was in that state already. */
            changed: boolean;
            /** @description The event of the move; absent where nothing changed. */
            eventId?: string;
        };
        MovedItems: {
            data: components["schemas"]["MovedItem"][];
        };
        /** @description An event that would not have been sent, and why. */
        NotSentEvent: {
            eventId: string;
            event: components["schemas"]["Trigger"];
            topics: components["schemas"]["Topic"][];
            itemId: string;
            alertId: string;
            platform: string;
            /** @enum {string} */
            alertType: "content" | "account";
            /** @description Of the alert, as it was when the event happened. */
            subject: string;
            sequence: number;
            newState: string;
            previousState?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            occurredAt: string;
            /** @enum {string} */
            reason: "topic_not_selected" | "filter_mismatch";
            /**
             * @description With `filter_mismatch`: the first list of the filter that has not the value.
             * @enum {string}
             */
            field?: "platform" | "alertType" | "newState" | "previousState";
            /** @description What the event has there; absent where a created item has no previous state. */
            value?: string;
            /** @description The values that the filter lists. */
            wanted?: string[];
        };
        /** @description What members are told of a webhook, in the app and wherever they wish. */
        Notice: {
            /**
             * @description It fails steadily; a delivery succeeded again; or it was disabled, since it had failed for `pauseAfter`.
             * @enum {string}
             */
            type: "webhook.failing" | "webhook.recovered" | "webhook.paused";
            /** @description Also the `webhook-id` of the request: deduplicate on it. */
            noticeId: string;
            /**
             * @description In a test: nothing of this has happened.
             * @constant
             */
            test?: true;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            at: string;
            profileId: string;
            workflow: {
                workflowId: string;
                name?: string;
            };
            webhook: {
                webhookId: string;
                /** @description Of its URL, as it was then. */
                host: string;
                description?: string;
            };
            /**
             * Format: date-time
             * @description When the first delivery of the unbroken run that failed was settled.
             * @example 2026-11-23T21:00:00.000Z
             */
            failingSince: string;
            /** @description How many failed in that run, counted up to 10,000. */
            failedInARow: number;
            /** @example HTTP 503 */
            commonestError?: string;
            /** @description The webhook’s page. */
            link: string;
        };
        NoticeList: {
            data: components["schemas"]["Notice"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /** @description Where the notices of a profile go beside the app. */
        NoticeSettings: {
            webhook?: {
                url: string;
                /** @description In the answer to the call that set it only. */
                secret?: string;
            };
            emails: string[];
            /** @description Whether the service can send e-mail: its operator has set `SMTP_URL`. */
            emailsAllowed: boolean;
        };
        OpenInvitation: {
            /** @enum {string} */
            role: "operator" | "admin" | "pipeline" | "analyst";
            profileName?: string;
            email?: string;
        };
        /**
         * @example {
         *       "topics": [
         *         "workflow.item.created"
         *       ],
         *       "filters": {
         *         "platform": [
         *           "email"
         *         ]
         *       }
         *     }
         */
        PreviewWebhook: {
            topics: components["schemas"]["Topic"][];
            filters?: components["schemas"]["Filter"] | null;
        };
        PreviewedReplay: {
            /** @description How many events it would replay. */
            total: number;
            /** @description How many of them are not the latest of their item. */
            moved: number;
        };
        PreviewedWebhook: {
            /** @description How many recent events were looked at. */
            examined: number;
            /** @description Those that would have been sent, newest first. */
            data: components["schemas"]["Event"][];
            /** @description The others, newest first. */
            notSent: components["schemas"]["NotSentEvent"][];
            sample: {
                /** @description The JSON text as it would be sent, of the newest event that would have been. */
                body: string;
                /** @description No event would have been sent: the body is of a made-up one. */
                isSample: boolean;
            };
        };
        /** @description An error (RFC 9457). */
        Problem: {
            /** @description A URI of the kind of problem; `about:blank` where there is none. */
            type: string;
            title: string;
            status: number;
            /**
             * @description Stable: programs decide by it.
             * @enum {string}
             */
            code: "validation_failed" | "malformed_json" | "bad_request" | "url_unresolved" | "url_refused" | "unauthorized" | "wrong_credentials" | "cross_origin" | "forbidden" | "webhook_access_required" | "not_found" | "method_not_allowed" | "state_conflict" | "state_in_use" | "state_missing" | "secret_unreadable" | "idempotency_key_reused" | "idempotency_key_in_progress" | "member_exists" | "last_operator" | "webhook_disabled" | "webhook_deleted" | "webhook_limit_reached" | "delivery_pending" | "delivery_not_waiting" | "replay_too_large" | "version_conflict" | "body_too_large" | "unsupported_media_type" | "too_many_tries" | "headers_too_large" | "internal" | "too_many_streams" | "unavailable";
            detail?: string;
            instance?: string;
            /** @description To be quoted to support. */
            requestId?: string;
            /**
             * @description What is wrong with each field.
             * @example [
             *       {
             *         "field": "url",
             *         "message": "is required"
             *       }
             *     ]
             */
            errors?: {
                field: string;
                message: string;
            }[];
            /** @description With 429: seconds; also the header `Retry-After`. */
            retryAfter?: number;
            /** @description With 412: the present values. */
            current?: unknown;
        };
        /** @description A customer, who owns workflows. */
        Profile: {
            profileId: string;
            name: string;
            webhookAccess: boolean;
        };
        ProfileList: {
            data: components["schemas"]["Profile"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A replay of many events, and how far it is. */
        Replay: {
            replayId: string;
            webhookId: string;
            selection: components["schemas"]["ReplayEvents"] | components["schemas"]["ReplayMissed"] | components["schemas"]["ReplayGaps"] | components["schemas"]["ReplayDeliveries"];
            /**
             * @description `canceling`: nothing more is made, what is on its way is waited for.
             * @enum {string}
             */
            state: "running" | "canceling" | "done" | "canceled";
            /** @description Why it is canceled: `canceled_by_hand`, or why nothing may be sent. */
            reason?: string;
            /** @description How many events it replays. */
            total: number;
            /** @description How many of them are settled, or were left out. */
            done: number;
            succeeded: number;
            failed: number;
            /** @description Deliveries that were canceled. */
            canceled: number;
            /** @description Left out: another delivery of the event was pending, or the event is no longer kept. */
            skipped: number;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            endedAt?: string;
        };
        ReplayDeliveries: {
            /**
             * @description `failed` where absent.
             * @enum {string}
             */
            status?: "succeeded" | "failed" | "canceled";
            topic?: components["schemas"]["Topic"];
            itemId?: string;
            eventId?: string;
            alertId?: string;
            deliveryId?: string;
            /**
             * @description Of the last attempt; `none` where it got no HTTP status.
             * @enum {string}
             */
            statusClass?: "2xx" | "3xx" | "4xx" | "5xx" | "none";
            /** @description Words that all occur in the alert’s subject, whatever their case. Needs `from`. */
            subject?: string;
            /**
             * Format: date-time
             * @description From this instant on.
             */
            from?: string;
            /**
             * Format: date-time
             * @description Before this instant.
             */
            to?: string;
            /** @description Of each item only its latest event, in place of those chosen. */
            latestOnly?: boolean;
        };
        ReplayEvents: {
            eventIds: string[];
            /** @description Of each item only its latest event, in place of those chosen. */
            latestOnly?: boolean;
        };
        ReplayGaps: {
            /** @constant */
            gaps: true;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Of each item only its latest event, in place of those chosen. */
            latestOnly?: boolean;
        };
        ReplayList: {
            data: components["schemas"]["Replay"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        ReplayMissed: {
            /** @constant */
            missed: true;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Of each item only its latest event, in place of those chosen. */
            latestOnly?: boolean;
        };
        ReplayedDelivery: {
            deliveryId: string;
        };
        RetriedDelivery: {
            deliveryId: string;
        };
        /** @description An empty object generates a secret and ends the old one at once. */
        RotateSecret: {
            /** @description The shared secret: 16 to 256 visible ASCII characters; one that begins with `whsec_` goes on with the base64 of at least 24 bytes. Made where absent. */
            secret?: string;
            /**
             * @description How long the previous secret signs on beside the new one, from `1m` to `30d`.
             * @example 24h
             */
            overlap?: string;
        };
        SignIn: {
            email: string;
            /** Format: password */
            password: string;
        };
        StartedReplay: {
            replayId: string;
        };
        /** @description What was sent, by when it was settled (attempts: by when they ended), in steps that are whole in UTC; test events are left out. A crash of the service can hide the counts of its last second. */
        Statistics: {
            /**
             * @description How far back: an hour in steps of 5 minutes, a day in hours, a week in steps of 6 hours, or 30 days in days.
             * @enum {string}
             */
            range: "hour" | "day" | "week" | "month";
            stepMs: number;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Now: the last step is under way.
             * @example 2026-11-23T21:00:00.000Z
             */
            to: string;
            /** @description One for each step, oldest first, also where nothing was sent. */
            points: {
                /**
                 * Format: date-time
                 * @description When the step began.
                 * @example 2026-11-23T21:00:00.000Z
                 */
                at: string;
                /** @description Deliveries. */
                succeeded: number;
                /** @description Deliveries whose last attempt failed. */
                failed: number;
                /** @description Deliveries. */
                canceled: number;
                /** @description Attempts, retries among them, and also those that reached no receiver: refused by the egress guard, or without a connection. */
                attempts: number;
                /** @description How many of these deliveries were replays; absent: none. */
                replays?: number;
                /** @description Milliseconds that 50 % of the attempts did not exceed, all of an attempt or its time-out; right to 10 %, or to 1 ms. Absent where none was made. */
                p50Ms?: number;
                /** @description Milliseconds that 95 % of the attempts did not exceed, all of an attempt or its time-out; right to 10 %, or to 1 ms. Absent where none was made. */
                p95Ms?: number;
                /** @description Milliseconds that 99 % of the attempts did not exceed, all of an attempt or its time-out; right to 10 %, or to 1 ms. Absent where none was made. */
                p99Ms?: number;
            }[];
            totals: {
                /** @description Deliveries. */
                succeeded: number;
                /** @description Deliveries whose last attempt failed. */
                failed: number;
                /** @description Deliveries. */
                canceled: number;
                /** @description Attempts, retries among them, and also those that reached no receiver: refused by the egress guard, or without a connection. */
                attempts: number;
                /** @description How many of these deliveries were replays; absent: none. */
                replays?: number;
                /** @description Milliseconds that 50 % of the attempts did not exceed, all of an attempt or its time-out; right to 10 %, or to 1 ms. Absent where none was made. */
                p50Ms?: number;
                /** @description Milliseconds that 95 % of the attempts did not exceed, all of an attempt or its time-out; right to 10 %, or to 1 ms. Absent where none was made. */
                p95Ms?: number;
                /** @description Milliseconds that 99 % of the attempts did not exceed, all of an attempt or its time-out; right to 10 %, or to 1 ms. Absent where none was made. */
                p99Ms?: number;
                /** @description Deliveries that succeeded, by the attempts that they needed. */
                attemptsNeeded: {
                    attempts: number;
                    deliveries: number;
                    /** @constant */
                    orMore?: true;
                }[];
                /** @description Attempts by their answer; `none`: there was none, or it is not known. */
                statusClasses: {
                    "2xx": number;
                    "3xx": number;
                    "4xx": number;
                    "5xx": number;
                    none: number;
                };
            };
        };
        /** @description What became of a test, one by one. */
        TestedNotices: {
            data: {
                /** @enum {string} */
                channel: "webhook" | "email";
                /** @description The URL’s host, or the e-mail address. */
                address: string;
                /** @enum {string} */
                outcome: "succeeded" | "failed";
                statusCode?: number;
                error?: string;
            }[];
        };
        TestedWebhook: {
            deliveryId: string;
        };
        /**
         * @description `workflow.item.created`: Fires once when an item enters the workflow, in whatever state.
         *     `workflow.item.state.changed`: Fires when an item moves to another state, the resolved state included.
         *     `workflow.item.resolved`: Fires when an item moves into the state that is configured as resolved.
         *     `workflow.item.reopened`: Fires when an item moves out of the state that is configured as resolved.
         * @enum {string}
         */
        Topic: "workflow.item.created" | "workflow.item.state.changed" | "workflow.item.resolved" | "workflow.item.reopened";
        Transition: {
            itemId?: string;
            alertId?: string;
            state: string;
        } & (unknown | unknown);
        /**
         * @description The name of the pipeline event that fired.
         * @enum {string}
         */
        Trigger: "workflow-item-created" | "workflow-item-state-updated";
        /** @description A destination that is configured on a workflow. */
        Webhook: {
            webhookId: string;
            workflowId: string;
            url: string;
            topics: components["schemas"]["Topic"][];
            description?: string;
            enabled: boolean;
            filters?: components["schemas"]["Filter"];
            /**
             * @description The names of the custom headers; their values are never answered.
             * @example {
             *       "authorization": null
             *     }
             */
            headers: {
                [key: string]: null;
            };
            /**
             * Format: date-time
             * @description Until then the previous secret signs too; absent where no rotation overlaps.
             * @example 2026-11-23T21:00:00.000Z
             */
            previousSecretUntil?: string;
            /**
             * @description It is disabled once all its deliveries have failed for so long; absent: never.
             * @example 24h
             */
            pauseAfter?: string;
            /**
             * Format: date-time
             * @description When the service disabled it, for this reason; absent once it is enabled again.
             * @example 2026-11-23T21:00:00.000Z
             */
            pausedAt?: string;
            /**
             * @description Why, for people to read.
             * @example All deliveries failed for 24h, most often with: HTTP 503
             */
            pausedReason?: string;
            /** @description Grows by one with each edit; also the `ETag`. */
            version: number;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            updatedAt: string;
        };
        /** @description How a webhook does; test events are left out. */
        WebhookHealth: {
            webhookId: string;
            /** @description The newest that was not canceled. */
            lastDelivery?: {
                deliveryId: string;
                /** @enum {string} */
                status: "pending" | "succeeded" | "failed";
                /**
                 * Format: date-time
                 * @description When it was settled; while pending, when it was made.
                 * @example 2026-11-23T21:00:00.000Z
                 */
                at: string;
                /** @description Such as `HTTP 503`, or what went wrong where no status came. */
                error?: string;
            };
            /**
             * Format: date-time
             * @example 2026-11-23T21:00:00.000Z
             */
            disabledSince?: string;
            /** @description How many deliveries are owed, counted up to 10,000. */
            pending: number;
            /** @description The hour under way and the 23 before it, oldest first: of the deliveries settled in each. */
            hours: {
                /**
                 * Format: date-time
                 * @example 2026-11-23T21:00:00.000Z
                 */
                from: string;
                succeeded: number;
                failed: number;
            }[];
            /** @description In these hours. */
            succeeded: number;
            /** @description In these hours. */
            failed: number;
            /** @description How many deliveries have failed since the last that succeeded, or since it was enabled; counted up to 10,000. Absent where the last one did not fail. */
            failedInARow?: number;
            /**
             * Format: date-time
             * @description Present while the webhook fails steadily: the last three deliveries or more have failed, or all for five minutes. When the first of these was settled.
             * @example 2026-11-23T21:00:00.000Z
             */
            failingSince?: string;
            /** @description Of these; present while it fails steadily. */
            commonestError?: string;
        };
        WebhookHealthList: {
            data: components["schemas"]["WebhookHealth"][];
        };
        WebhookList: {
            data: components["schemas"]["Webhook"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        WebhookSecret: {
            secret: string;
        };
        /** @description A queue of items. */
        Workflow: {
            workflowId: string;
            profileId: string;
            name?: string;
            states: string[];
            initialState: string;
            resolvedState: string;
            previewImages: boolean;
        };
        WorkflowList: {
            data: components["schemas"]["Workflow"][];
            /** @description Null on the last page. */
            nextCursor: string | null;
        };
        /** @description The platforms of a workflow’s latest events, by name. */
        WorkflowPlatforms: {
            data: {
                platform: string;
                platformDisplayName: string;
            }[];
        };
    };
    responses: {
        /**
         * @description `validation_failed`: The request has fields that are wrong.
         *
         *     `malformed_json`: The body is not valid JSON.
         *
         *     `bad_request`: The request cannot be understood.
         *
         *     `url_unresolved`: The host of the URL does not resolve.
         *
         *     `url_refused`: The URL leads to a destination that is not allowed.
         */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `unauthorized`: A valid API key or session is required.
         *
         *     `wrong_credentials`: The e-mail or the password is wrong.
         */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `cross_origin`: The call does not come from the app’s own pages.
         *
         *     `forbidden`: Your role may not do this.
         *
         *     `webhook_access_required`: The profile has no webhook access.
         */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_found`: Not found. */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `method_not_allowed`: The method is not allowed here. */
        Problem405: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `state_conflict`: The item is not in the expected state.
         *
         *     `state_in_use`: A state that is in use cannot be removed.
         *
         *     `state_missing`: The state is not one of the workflow’s states.
         *
         *     `secret_unreadable`: What is stored cannot be decrypted.
         *
         *     `idempotency_key_reused`: The Idempotency-Key was used for another request.
         *
         *     `idempotency_key_in_progress`: A request with this Idempotency-Key is in progress.
         *
         *     `member_exists`: The e-mail belongs to a member already.
         *
         *     `last_operator`: The last operator cannot be removed.
         *
         *     `webhook_disabled`: The webhook is disabled.
         *
         *     `webhook_deleted`: The webhook is deleted.
         *
         *     `webhook_limit_reached`: The workflow has the most webhooks that it may have.
         *
         *     `delivery_pending`: The delivery is still pending.
         *
         *     `delivery_not_waiting`: The delivery does not wait for a retry.
         *
         *     `replay_too_large`: The replay has too many events.
         */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `version_conflict`: The webhook has changed since it was read. */
        Problem412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `body_too_large`: The body is larger than 1 MiB, or than 32 MiB where it is a batch. */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: The body must be application/json. */
        Problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too_many_tries`: Too many tries. */
        Problem429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `headers_too_large`: The headers are too large. */
        Problem431: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal`: Something went wrong on our side. */
        Problem500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `too_many_streams`: Too many change streams are open.
         *
         *     `unavailable`: The service is not available at the moment.
         */
        Problem503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: components["responses"]["Problem503"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postInvitationsLookUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookUpInvitation"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenInvitation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postInvitationsAccept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileIdMembers: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteProfilesProfileIdMembersMemberId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchProfilesProfileIdMembersMemberId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditMember"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileIdInvitations: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postProfilesProfileIdInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteMember"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInvitation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteProfilesProfileIdInvitationsInvitationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getOperators: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteOperatorsMemberId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getOperatorInvitations: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postOperatorInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteOperator"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInvitation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteOperatorInvitationsInvitationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileIdAuditEntries: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getAuditEntries: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfiles: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postProfiles: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProfile"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchProfilesProfileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditProfile"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileIdApiKeys: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postProfilesProfileIdApiKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteProfilesProfileIdApiKeysApiKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileIdWorkflows: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postProfilesProfileIdWorkflows: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkflow"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchWorkflowsWorkflowId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditWorkflow"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdItems: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                state?: string;
            };
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdItems: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileItem"] | components["schemas"]["FileItems"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiledItem"] | components["schemas"]["FiledItems"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiledItem"] | components["schemas"]["FiledItems"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdItemCounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemCounts"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdItemsItemId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
                itemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdItemsItemIdState: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
                itemId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveItem"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovedItem"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdTransitions: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveItems"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovedItems"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdEvents: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description From this instant on. */
                from?: string;
                /** @description Before this instant. */
                to?: string;
            };
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdEventsEventId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemEvent"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooksWebhookIdGaps: {
        parameters: {
            query: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description From this instant on. */
                from: string;
                /** @description Before this instant. */
                to?: string;
            };
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GapList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdItemsItemIdEvents: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                workflowId: string;
                itemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemEventList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdPlatforms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowPlatforms"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooks: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteWorkflowsWorkflowIdWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchWorkflowsWorkflowIdWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read. If it is stale, 412 with the present values. */
                "If-Match"?: string;
            };
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditWebhook"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooksWebhookIdSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooksWebhookIdSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateSecret"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooksWebhookIdTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description On its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedWebhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooksPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewWebhook"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewedWebhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooksUrlCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckUrl"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedUrl"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhookHealth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookHealthList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooksWebhookIdDeliveries: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                status?: components["schemas"]["DeliveryStatus"];
                topic?: components["schemas"]["Topic"];
                itemId?: string;
                eventId?: string;
                alertId?: string;
                deliveryId?: string;
                /** @description Of the last attempt; `none` where it got no HTTP status. */
                statusClass?: "2xx" | "3xx" | "4xx" | "5xx" | "none";
                /** @description Words that all occur in the alert’s subject, whatever their case. Needs `from`. */
                subject?: string;
                /** @description From this instant on. */
                from?: string;
                /** @description Before this instant. */
                to?: string;
            };
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdDeliveries: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only of this webhook. */
                webhookId?: string;
                status?: components["schemas"]["DeliveryStatus"];
                topic?: components["schemas"]["Topic"];
                itemId?: string;
                eventId?: string;
                alertId?: string;
                deliveryId?: string;
                /** @description Of the last attempt; `none` where it got no HTTP status. */
                statusClass?: "2xx" | "3xx" | "4xx" | "5xx" | "none";
                /** @description Words that all occur in the alert’s subject, whatever their case. Needs `from`. */
                subject?: string;
                /** @description From this instant on. */
                from?: string;
                /** @description Before this instant. */
                to?: string;
            };
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooksWebhookIdDeliveriesExport: {
        parameters: {
            query?: {
                format?: "csv" | "ndjson";
                status?: components["schemas"]["DeliveryStatus"];
                topic?: components["schemas"]["Topic"];
                itemId?: string;
                eventId?: string;
                alertId?: string;
                deliveryId?: string;
                /** @description Of the last attempt; `none` where it got no HTTP status. */
                statusClass?: "2xx" | "3xx" | "4xx" | "5xx" | "none";
                /** @description Words that all occur in the alert’s subject, whatever their case. Needs `from`. */
                subject?: string;
                /** @description From this instant on. */
                from?: string;
                /** @description Before this instant. */
                to?: string;
            };
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdDeliveriesExport: {
        parameters: {
            query?: {
                format?: "csv" | "ndjson";
                /** @description Only of this webhook. */
                webhookId?: string;
                status?: components["schemas"]["DeliveryStatus"];
                topic?: components["schemas"]["Topic"];
                itemId?: string;
                eventId?: string;
                alertId?: string;
                deliveryId?: string;
                /** @description Of the last attempt; `none` where it got no HTTP status. */
                statusClass?: "2xx" | "3xx" | "4xx" | "5xx" | "none";
                /** @description Words that all occur in the alert’s subject, whatever their case. Needs `from`. */
                subject?: string;
                /** @description From this instant on. */
                from?: string;
                /** @description Before this instant. */
                to?: string;
            };
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDeliveriesDeliveryId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postDeliveriesDeliveryIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description On its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedDelivery"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postDeliveriesDeliveryIdRetry: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description On its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedDelivery"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDeliveryRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryRules"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooksWebhookIdReplays: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooksWebhookIdReplays: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayEvents"] | components["schemas"]["ReplayMissed"] | components["schemas"]["ReplayGaps"] | components["schemas"]["ReplayDeliveries"];
            };
        };
        responses: {
            /** @description On its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedReplay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooksWebhookIdReplaysPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayEvents"] | components["schemas"]["ReplayMissed"] | components["schemas"]["ReplayGaps"] | components["schemas"]["ReplayDeliveries"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewedReplay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdWebhooksWebhookIdReplaysReplayId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
                webhookId: string;
                replayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postWorkflowsWorkflowIdWebhooksWebhookIdReplaysReplayIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
                webhookId: string;
                replayId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdNotices: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileIdNotices: {
        parameters: {
            query?: {
                /** @description How many entries at most, 1 to 200; 50 where absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProfilesProfileIdNoticeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeSettings"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putProfilesProfileIdNoticeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditNoticeSettings"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeSettings"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteProfilesProfileIdNoticeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    postProfilesProfileIdNoticeSettingsTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key from the same caller on the same route gets the same answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                profileId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedNotices"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkflowsWorkflowIdStatistics: {
        parameters: {
            query?: {
                /** @description How far back: an hour in steps of 5 minutes, a day in hours, a week in steps of 6 hours, or 30 days in days. */
                range?: "hour" | "day" | "week" | "month";
                /** @description Only of this webhook, be it deleted; of all that the workflow has had where absent. */
                webhookId?: string;
            };
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getChanges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    receiveDelivery: {
        parameters: {
            query?: never;
            header: {
                /** @description The `eventId`. */
                "webhook-id": string;
                /** @description Seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,` and HMAC-SHA256 in base64; two while a rotation overlaps. */
                "webhook-signature": string;
                /** @description The shared secret. */
                "x-outtake-secret": string;
                /** @description Of this delivery; a replay has another. */
                "x-outtake-delivery-id": string;
                /** @description From 1. */
                "x-outtake-attempt": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeliveryPayload"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveNotice: {
        parameters: {
            query?: never;
            header: {
                /** @description The `eventId`. */
                "webhook-id": string;
                /** @description Seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,` and HMAC-SHA256 in base64; two while a rotation overlaps. */
                "webhook-signature": string;
                /** @description The shared secret. */
                "x-outtake-secret": string;
                /** @description Of this delivery; a replay has another. */
                "x-outtake-delivery-id": string;
                /** @description From 1. */
                "x-outtake-attempt": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Notice"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
