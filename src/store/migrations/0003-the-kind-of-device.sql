-- What a device is: papers call it by that. What was received before it was asked is a phone.
ALTER TABLE devices ADD COLUMN device_kind text NOT NULL DEFAULT 'phone' CHECK (device_kind IN ('phone', 'tablet', 'other'));
